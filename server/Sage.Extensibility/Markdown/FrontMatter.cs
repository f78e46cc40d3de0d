using System.Collections.Immutable;

namespace Sage.Extensibility.Markdown;

/// <summary>What stands between two lines of <c>---</c> at the beginning of a Markdown file, and the text behind it.</summary>
/// <param name="Values">By name; those of lists and maps are empty.</param>
/// <param name="Body">The Markdown.</param>
/// <param name="Problem">Why it cannot be read; the values are empty then.</param>
internal sealed record FrontMatter(ImmutableDictionary<string, string> Values, string Body, string? Problem = null)
{
    private static readonly ImmutableDictionary<string, string> NoValues = ImmutableDictionary.Create<string, string>(
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>By name: the items of lists that have a line each.</summary>
    private IReadOnlyDictionary<string, string[]> Lists { get; init; } = ImmutableDictionary<string, string[]>.Empty;

    /// <summary>Whether there is such a name, with whatever value.</summary>
    public bool Names(string name) => Values.ContainsKey(name);

    /// <summary>The items of a list, however it is written: a line each, in brackets, or between commas. Null when there is none, or it cannot be read.</summary>
    public ImmutableArray<string>? ItemsOf(string name)
    {
        if (Lists.TryGetValue(name, out var items))
        {
            return [.. items.Where(static item => item.Length > 0)];
        }

        if (this[name] is not { } text)
        {
            return null;
        }

        var isInBrackets = text is ['[', .., ']'];
        return
        [
            .. (isInBrackets ? text[1..^1] : text)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(static item => item.Trim('"', '\'').Trim())
                .Where(static item => item.Length > 0),
        ];
    }

    /// <summary>The value of a name, on one line; null when it is absent or empty.</summary>
    public string? this[string name] =>
        Values.GetValueOrDefault(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>A text without front matter is all body.</summary>
    public static FrontMatter Of(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != "---")
        {
            return new FrontMatter(NoValues, text.Trim());
        }

        var end = Array.FindIndex(lines, 1, static line => line.TrimEnd() is "---" or "...");
        if (end < 0)
        {
            return new FrontMatter(NoValues, "", "its front matter has no end (a line of ---)");
        }

        var body = string.Join('\n', lines[(end + 1)..]).Trim();
        var reader = new FrontMatterReader(lines[1..end]);
        return reader.TryRead(out var values, out var problem)
            ? new FrontMatter(values.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase), body)
            {
                Lists = reader.Lists,
            }
            : new FrontMatter(NoValues, body, problem);
    }
}
