using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary>
/// Everything else: looks around with several tools at once, reports what it found, and, when that was the wish, proposes one
/// small edit.
/// </summary>
internal static partial class LookAroundRule
{
    public const string TodoPattern = @"\b(TODO|FIXME)\b";

    private const string Readme = "README.md";
    private const string Addition = "_Sage's offline demo was here. Undo this line whenever you like._";

    public static DemoStep Next(DemoTurn turn)
    {
        var isWished = General().IsMatch(turn.Prompt);
        if (turn.Round(0) is [])
        {
            var opening = isWished
                ? "I look around your workspace."
                : $"That is beyond my rules, so I only look around. {DemoRules.Abilities}";
            return new DemoStep(
                opening + "\n",
                DemoCall.ListDirectory(),
                DemoCall.Glob("**/*"),
                DemoCall.Grep(TodoPattern),
                DemoCall.ReadFile(Readme)
            );
        }
        if (turn.Round(1) is [var change, ..])
        {
            return new DemoStep(Closing(change));
        }
        var report = Report(turn);
        return isWished && Proposal(turn) is { } proposal
            ? new DemoStep($"{report}\n\nTo show how a change works, I propose one small edit. You decide.\n", proposal)
            : new DemoStep($"{report}\n\n{(isWished ? DemoRules.Abilities : "")}\n\n{DemoRules.HowToConnect}".Trim());
    }

    private static string Closing(DemoResult change) =>
        (
            change.IsError
                ? "You kept the file as it was, or the edit could not be made; nothing has changed."
                : $"`{change.Argument("path")}` is edited. The diff above shows the change, and you can undo it there."
        ) + $"\n\n{DemoRules.Abilities}\n\n{DemoRules.HowToConnect}";

    private static DemoCall? Proposal(DemoTurn turn)
    {
        var readme = turn.Of("read_file").FirstOrDefault();
        if (!turn.MayChange || readme is null)
        {
            return null;
        }
        if (ToolTexts.FileLines(readme) is not { } lines)
        {
            return readme.IsError && turn.Tools.Contains("write_file")
                ? DemoCall.Write(Readme, $"# Read me\n\n{Addition}\n")
                : null;
        }
        var end = LastUniqueLines(lines);
        return end is null || lines.Contains(Addition)
            ? null
            : DemoCall.Edit(Readme, end, $"{end}\n\n{Addition}", Occurrences.TheOne);
    }

    /// <summary>As few of the last lines as occur only once, so that the edit has one place to go.</summary>
    private static string? LastUniqueLines(ImmutableArray<string> lines)
    {
        var all = string.Join('\n', lines).TrimEnd();
        for (
            var from = all.LastIndexOf('\n') + 1;
            all.Length > 0;
            from = all.LastIndexOf('\n', Math.Max(0, from - 2)) + 1
        )
        {
            var end = all[from..];
            if (all.IndexOf(end, StringComparison.Ordinal) == from)
            {
                return end;
            }
        }
        return null;
    }

    private static string Report(DemoTurn turn)
    {
        var glob = turn.Of("glob").FirstOrDefault();
        var paths = glob is null ? [] : ToolTexts.Paths(glob);
        var text = new StringBuilder("Here is what I found:\n");
        var count = glob is null ? 0 : ToolTexts.Count(glob);
        text.Append($"- {Words.Count(count, "file")}{InLanguages(paths)}\n");
        var folders = paths
            .Where(p => p.Contains('/', StringComparison.Ordinal))
            .Select(p => p.Split('/')[0])
            .Distinct();
        text.Append($"- {Words.Count(folders.Count(), "folder")} with files at the top");
        text.Append(paths.FirstOrDefault() is { } newest ? $"; the newest file is `{newest}`\n" : "\n");
        AppendTodos(text, turn);
        AppendReadme(text, turn);
        return text.ToString().TrimEnd();
    }

    private static string InLanguages(ImmutableArray<string> paths)
    {
        var languages = paths
            .Select(Languages.Of)
            .OfType<string>()
            .GroupBy(l => l)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(4)
            .Select(g => $"{g.Key} ({g.Count()})")
            .ToArray();
        return languages.Length == 0 ? "" : $", mostly {string.Join(", ", languages)}";
    }

    private static void AppendTodos(StringBuilder text, DemoTurn turn)
    {
        var todos = turn.Of("grep").SelectMany(r => ToolTexts.Found(r)).ToArray();
        text.Append($"- {Words.Count(todos.Length, "open TODO")}\n");
        foreach (var todo in todos.Take(3))
        {
            text.Append($"  - `{todo.Path}:{todo.Line}` {Words.Code(todo.Text)}\n");
        }
    }

    private static void AppendReadme(StringBuilder text, DemoTurn turn)
    {
        var readme = turn.Of("read_file").FirstOrDefault();
        var lines = readme is null ? null : ToolTexts.FileLines(readme);
        var first = lines?.FirstOrDefault(l => !string.IsNullOrWhiteSpace(l))?.Trim('#', ' ');
        text.Append(first is null ? $"- no {Readme} that I could read\n" : $"- {Readme} begins with “{first}”\n");
    }

    [GeneratedRegex(
        @"^\s*$|^\s*(hi|hello|hey|hallo|good\s+\w+|help|test|tour|demo|start|look|show|tell|introduce|what|who|how|describe|summari[sz]e|explain|list|try)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex General();
}
