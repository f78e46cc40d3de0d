using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary>Small matters of wording.</summary>
internal static partial class Words
{
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    /// <summary>A line of code, shortened, as inline code.</summary>
    public static string Code(string line)
    {
        var clean = line.Trim().Replace('`', '\'');
        return clean.Length == 0 ? "" : $"`{(clean.Length <= 90 ? clean : clean[..90] + "…")}`";
    }

    /// <summary>The files a prompt speaks of: words that look like a path, then what is attached.</summary>
    public static IEnumerable<string> Files(DemoTurn turn) =>
        FileName().Matches(turn.Prompt).Select(m => m.Value).Concat(turn.Paths).Distinct();

    [GeneratedRegex(@"(?<![\w/])[\w./\\@-]*[\w-]\.[A-Za-z][A-Za-z0-9]{0,9}(?![\w(])")]
    private static partial Regex FileName();
}
