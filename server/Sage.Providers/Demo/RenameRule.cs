using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary><c>rename A to B [in FILE]</c>: finds the name, reads the files, edits each where it is safe to replace.</summary>
internal static partial class RenameRule
{
    private const int MostFiles = 8;

    public static DemoStep? Next(DemoTurn turn)
    {
        if (Request().Match(turn.Prompt) is not { Success: true } request)
        {
            return null;
        }
        var (from, to) = (request.Groups["from"].Value, request.Groups["to"].Value);
        var reads = turn.Of("read_file").ToArray();
        if (reads.Length == 0)
        {
            return Look(turn, from, request.Groups["file"].Value);
        }
        var edits = turn.Of("edit_file").ToArray();
        return edits.Length == 0 ? Edit(turn, from, to, reads) : new DemoStep(Report(from, to, edits));
    }

    private static DemoStep Look(DemoTurn turn, string from, string file)
    {
        if (file.Length > 0)
        {
            return new DemoStep($"I read `{file}` first.\n", DemoCall.ReadFile(file));
        }
        if (turn.Round(0) is [])
        {
            return new DemoStep($"I look for `{from}`.\n", DemoCall.Grep($@"\b{Regex.Escape(from)}\b"));
        }
        var paths = turn.Of("grep").SelectMany(r => ToolTexts.Found(r)).Select(l => l.Path).Distinct().ToArray();
        return paths.Length switch
        {
            0 => new DemoStep($"`{from}` is nowhere in the workspace, so there is nothing to rename."),
            > MostFiles => new DemoStep(
                $"`{from}` is in {paths.Length} files. That is more than these rules should touch: name one, `rename {from} to … in FILE`."
            ),
            _ => new DemoStep(
                $"It is in {Words.Count(paths.Length, "file")}; I read {(paths.Length == 1 ? "it" : "them")}.\n",
                [.. paths.Select(DemoCall.ReadFile)]
            ),
        };
    }

    private static DemoStep Edit(DemoTurn turn, string from, string to, DemoResult[] reads)
    {
        if (!turn.MayChange)
        {
            return new DemoStep($"In this mode I may not change files, so `{from}` stays.");
        }
        var calls = ImmutableArray.CreateBuilder<DemoCall>();
        var left = new List<string>();
        foreach (var read in reads)
        {
            var path = read.Argument("path");
            var text = ToolTexts.FileLines(read) is { } lines ? string.Join('\n', lines) : "";
            var whole = Regex.Count(text, $@"\b{Regex.Escape(from)}\b");
            if (whole > 0 && whole == Regex.Count(text, Regex.Escape(from)))
            {
                calls.Add(DemoCall.Edit(path, from, to, Occurrences.All));
            }
            else
            {
                left.Add(whole == 0 ? $"`{path}` does not contain it" : $"in `{path}` it is also part of longer names");
            }
        }
        var note = left.Count == 0 ? "" : $" I leave some alone: {string.Join("; ", left)}.";
        return calls.Count == 0
            ? new DemoStep($"I rename nothing.{note}")
            : new DemoStep($"I replace `{from}` by `{to}`.{note}\n", calls.ToImmutable());
    }

    private static string Report(string from, string to, DemoResult[] edits)
    {
        var done = edits.Where(e => !e.IsError).Select(e => $"`{e.Argument("path")}`").ToArray();
        var failed = edits
            .Where(e => e.IsError)
            .Select(e => $"`{e.Argument("path")}`: {e.Text.Split('\n')[0]}")
            .ToArray();
        var text =
            done.Length > 0 ? $"Renamed `{from}` to `{to}` in {string.Join(", ", done)}." : "Nothing was renamed.";
        return failed.Length == 0 ? text : $"{text}\n\nNot done:\n- {string.Join("\n- ", failed)}";
    }

    [GeneratedRegex(
        """^\s*(please\s+)?rename\s+[`"']?(?<from>[\w$]+)[`"']?\s+(to|into|as)\s+[`"']?(?<to>[\w$]+)[`"']?(\s+in\s+[`"']?(?<file>[^\s`"']+?)[`"']?)?\s*\.?\s*$""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Request();
}
