using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary>A line that a search found.</summary>
internal sealed record FoundLine(string Path, int Line, string Text);

/// <summary>Reads facts out of the texts that tools answer with; what it does not understand it leaves out.</summary>
internal static partial class ToolTexts
{
    /// <summary>The paths in a result of <c>glob</c>.</summary>
    public static ImmutableArray<string> Paths(DemoResult result) =>
        result.IsError || result.Text.StartsWith("No file", StringComparison.Ordinal)
            ? []
            : [.. Lines(result.Text).Where(l => l.Length > 0 && l[0] != '[')];

    /// <summary>How many files there are, when <c>glob</c> showed only some of them.</summary>
    public static int Count(DemoResult result) =>
        OfAll().Match(result.Text) is { Success: true } all
            ? int.Parse(all.Groups["count"].Value, CultureInfo.InvariantCulture)
            : Paths(result).Length;

    /// <summary>
    /// The lines in a result of <c>grep</c>, whether each names its file (<c>a.ts:3:text</c>) or stands below it (<c>3:text</c>).
    /// </summary>
    public static ImmutableArray<FoundLine> Found(DemoResult result)
    {
        if (result.IsError)
        {
            return [];
        }
        var found = ImmutableArray.CreateBuilder<FoundLine>();
        var heading = "";
        var isFirstOfBlock = true;
        foreach (var line in Lines(result.Text))
        {
            if (Below().Match(line) is { Success: true } below && heading.Length > 0)
            {
                found.Add(Line(heading, below));
            }
            else if (WithPath().Match(line) is { Success: true } whole)
            {
                found.Add(Line(whole.Groups["path"].Value, whole));
            }
            else if (isFirstOfBlock && line.Length > 0)
            {
                heading = line.TrimEnd(':');
            }
            isFirstOfBlock = line.Length == 0;
        }
        return found.ToImmutable();
    }

    /// <summary>The lines of a file in a result of <c>read_file</c>; null when it could not be read.</summary>
    public static ImmutableArray<string>? FileLines(DemoResult result) =>
        result.IsError
            ? null
            :
            [
                .. Lines(result.Text)
                    .Select(l => Numbered().Match(l))
                    .Where(m => m.Success)
                    .Select(m => m.Groups["text"].Value),
            ];

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static FoundLine Line(string path, Match match) =>
        new(
            path,
            int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture),
            match.Groups["text"].Value.Trim()
        );

    [GeneratedRegex(@"^\s*(?<line>\d{1,7})[:\t ](?<text>.*)$")]
    private static partial Regex Below();

    [GeneratedRegex(@"^(?<path>[^\s:][^:]*):(?<line>\d{1,7})[:\t ](?<text>.*)$")]
    private static partial Regex WithPath();

    [GeneratedRegex(@"^\s*(?<line>\d{1,7})\t(?<text>.*)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\[The newest \d+ of (?<count>\d+) files")]
    private static partial Regex OfAll();
}
