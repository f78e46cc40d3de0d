namespace Sage.Agent.ToolCalls;

/// <summary>
/// What a call has brought in from outside: a web page, search results, the answer of a server that somebody else runs. The
/// pipeline marks it as data, and the gate asks again before the model acts on it.
/// </summary>
/// <param name="Source">Where it comes from, in one line: an address, or a name.</param>
/// <param name="Text">As it came.</param>
public sealed record OutsideText(string Source, string Text)
{
    /// <summary>The word in the marks; the system prompt explains it.</summary>
    internal const string MarkWord = "outside-content";

    /// <summary>Stands before the source of what a sub-agent says that has read it.</summary>
    internal const string OfSubagent = "a sub-agent that has read ";

    /// <summary>Stands before the source of what a model says about it.</summary>
    public const string OfAnswer = "an answer about ";

    /// <summary>Whether a source is a model that may have made up what it says: its links are nobody's.</summary>
    internal static bool IsModel(string source) =>
        source.StartsWith(OfSubagent, StringComparison.Ordinal)
        || source.StartsWith(OfAnswer, StringComparison.Ordinal);

    /// <summary>True when the user said that they trust this source: it is marked, but nothing is asked because of it.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Words of others without the characters that models read and people do not see.</summary>
    public static string Visible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return VisibleText.Of(text).Text;
    }

    /// <summary>Where a text comes from that was kept with its marks; null for any other.</summary>
    public static string? SourceOf(string kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        const string before = "\" source=\"";
        const string after = "\">";
        if (!kept.StartsWith($"<{MarkWord} id=\"", StringComparison.Ordinal))
        {
            return null;
        }

        var line = kept.AsSpan()[..Math.Max(0, kept.IndexOf('\n', StringComparison.Ordinal))];
        var start = line.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return start >= before.Length && line.EndsWith(after, StringComparison.Ordinal)
            ? line[start..^after.Length].ToString()
            : null;
    }
}
