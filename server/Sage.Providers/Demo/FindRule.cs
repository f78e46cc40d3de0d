using System.Text;
using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary><c>find X</c>: searches contents and file names at once.</summary>
internal static partial class FindRule
{
    private const int Shown = 10;

    public static DemoStep? Next(DemoTurn turn)
    {
        if (Request().Match(turn.Prompt) is not { Success: true } request)
        {
            return null;
        }
        var wanted = request.Groups["what"].Value.Trim().TrimEnd('?', '.').Trim('"', '\'', '`', '“', '”');
        return turn.Round(0) is []
            ? new DemoStep(
                $"I look for `{wanted}` in the files and in their names.\n",
                // An escaped space is an error to ripgrep.
                DemoCall.Grep("(?i)" + Regex.Escape(wanted).Replace("\\ ", " ", StringComparison.Ordinal)),
                DemoCall.Glob($"**/*{wanted.Replace(' ', '*')}*")
            )
            : new DemoStep(Report(turn, wanted));
    }

    private static string Report(DemoTurn turn, string wanted)
    {
        var lines = turn.Of("grep").SelectMany(r => ToolTexts.Found(r)).ToArray();
        var names = turn.Of("glob").SelectMany(r => ToolTexts.Paths(r)).ToArray();
        if (lines.Length == 0 && names.Length == 0)
        {
            return $"Nothing: no line and no file name contains `{wanted}`.";
        }
        var files = lines.Select(l => l.Path).Distinct().Count();
        var text = new StringBuilder(
            $"`{wanted}` is in {Words.Count(lines.Length, "line")} of {Words.Count(files, "file")}"
        );
        text.Append($", and in {Words.Count(names.Length, "file name")}.\n\n");
        foreach (var line in lines.Take(Shown))
        {
            text.Append($"- `{line.Path}:{line.Line}` {Words.Code(line.Text)}\n");
        }
        foreach (var name in names.Take(Shown))
        {
            text.Append($"- `{name}`\n");
        }
        return text.ToString();
    }

    [GeneratedRegex(
        @"^\s*(please\s+)?(find|search(\s+for)?|grep|where\s+is|where\s+are)\s+(?<what>\S.*)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Request();
}
