namespace Sage.Tools.Search;

/// <summary>What is searched, and how.</summary>
/// <param name="Folder">Real folder; globs are relative to it.</param>
/// <param name="FileName">Only this file of the folder.</param>
/// <param name="Pattern">A regular expression.</param>
internal sealed record SearchQuery(string Folder, string? FileName, string Pattern)
{
    /// <summary>All must match.</summary>
    public IReadOnlyList<string> Globs { get; init; } = [];

    /// <summary>Lines around each match.</summary>
    public int Context { get; init; }

    public CaseRule Case { get; init; } = CaseRule.Sensitive;

    public MatchSpan Span { get; init; } = MatchSpan.OneLine;

    /// <summary>Stop in a file at its first match: enough to list it.</summary>
    public SearchDepth Depth { get; init; } = SearchDepth.EveryMatch;
}

internal enum CaseRule
{
    Sensitive,
    Insensitive,
}

internal enum MatchSpan
{
    OneLine,
    ManyLines,
}

internal enum SearchDepth
{
    EveryMatch,
    FirstMatch,
}

/// <param name="Number">1-based.</param>
/// <param name="Text">Without its ending.</param>
/// <param name="IsMatch">False for context.</param>
internal readonly record struct FoundLine(int Number, string Text, bool IsMatch);

/// <summary>The matches in one file.</summary>
/// <param name="FullPath">Absolute.</param>
/// <param name="Lines">In order, context included.</param>
internal sealed record FileMatches(string FullPath, IReadOnlyList<FoundLine> Lines)
{
    public int Count => Lines.Count(static line => line.IsMatch);
}

/// <summary>How a search ended.</summary>
/// <param name="Error">For the model; null when all went well.</param>
/// <param name="EngineRefused">This engine cannot do the search; another might.</param>
internal sealed record SearchEnd(string? Error = null, bool EngineRefused = false)
{
    /// <summary>What the model should know of the search, with a line break before it.</summary>
    public string Note { get; init; } = "";
}
