using System.Text.RegularExpressions;
using Sage.Agent.ToolCalls;

namespace Sage.Extensibility.Mcp;

/// <summary>Words of servers as people get to see them: without what hides in them, and never longer than there is room for.</summary>
internal static partial class ServerWords
{
    private const int LongestLine = 300;

    public static string Shown(string text, int most)
    {
        var visible = OutsideText.Visible(text).Trim();
        return visible.Length <= most ? visible : visible[..most] + "…";
    }

    /// <summary>On one line.</summary>
    public static string Line(string text, int most = LongestLine) =>
        Shown(Blanks().Replace(OutsideText.Visible(text), " "), most);

    /// <summary>Whether an address can be written into a prompt, and found there again.</summary>
    public static bool IsAddress(string uri) => uri.Length is > 0 and <= LongestLine && !Unfit().IsMatch(uri);

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\s\p{C}`""'<>|]")]
    private static partial Regex Unfit();
}
