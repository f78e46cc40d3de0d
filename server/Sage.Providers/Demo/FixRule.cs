using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary>
/// <c>fix …</c>: a problem whose message says what was meant (“Did you mean 'x'?”), <c>fix A to B in FILE</c>, or misspelt words.
/// </summary>
internal static partial class FixRule
{
    public static DemoStep? Next(DemoTurn turn)
    {
        if (!Request().IsMatch(turn.Prompt))
        {
            return null;
        }
        if (turn.Of("edit_file").LastOrDefault() is { } edit)
        {
            return new DemoStep(
                edit.IsError
                    ? $"The fix was not made: {edit.Text.Split('\n')[0]}"
                    : $"Fixed in `{edit.Argument("path")}`. You can see the change in the diff, and undo it there."
            );
        }
        return Meant(turn) is { } meant ? Replace(turn, meant.Wrong, meant.Right) : Spell(turn);
    }

    private static (string Wrong, string Right)? Meant(DemoTurn turn)
    {
        var match = DidYouMean().Match(turn.Prompt);
        match = match.Success ? match : AToB().Match(turn.Prompt);
        return match.Success ? (match.Groups["wrong"].Value, match.Groups["right"].Value) : null;
    }

    private static DemoStep Replace(DemoTurn turn, string wrong, string right)
    {
        if (Words.Files(turn).FirstOrDefault() is not { } file)
        {
            return new DemoStep(
                $"I would replace `{wrong}` by `{right}`, but in which file? Say `fix {wrong} to {right} in FILE`."
            );
        }
        if (turn.Of("read_file").LastOrDefault() is not { } read)
        {
            return new DemoStep(
                $"The message says that `{right}` was meant. I read `{file}` first.\n",
                DemoCall.ReadFile(file)
            );
        }
        return Edit(turn, read, wrong, right);
    }

    private static DemoStep Spell(DemoTurn turn)
    {
        if (turn.Round(0) is [])
        {
            return new DemoStep(
                "I look for words that are often misspelt, and for open TODOs.\n",
                DemoCall.Grep(Typos.Pattern),
                DemoCall.Grep(LookAroundRule.TodoPattern)
            );
        }
        var typo = turn.Round(0)
            .Take(1)
            .SelectMany(r => ToolTexts.Found(r))
            .Where(l => Typos.First(l.Text) is not null)
            .Where(l => Words.Files(turn).All(f => l.Path.EndsWith(f, StringComparison.Ordinal)))
            .FirstOrDefault();
        if (typo is null)
        {
            return new DemoStep(NothingToFix(turn));
        }
        if (turn.Of("read_file").LastOrDefault() is not { } read)
        {
            return new DemoStep(
                $"`{typo.Path}:{typo.Line}` has a misspelt word: {Words.Code(typo.Text)}. I read the file first.\n",
                DemoCall.ReadFile(typo.Path)
            );
        }
        var wrong = Typos.First(typo.Text)!;
        return Edit(turn, read, wrong, Typos.Correct(wrong));
    }

    private static DemoStep Edit(DemoTurn turn, DemoResult read, string wrong, string right)
    {
        var path = read.Argument("path");
        if (ToolTexts.FileLines(read) is not { } lines)
        {
            return new DemoStep($"I cannot read `{path}`: {read.Text.Split('\n')[0]}");
        }
        if (!turn.MayChange)
        {
            return new DemoStep($"In `{path}`, `{wrong}` should be `{right}`; in this mode I may not change it.");
        }
        // A whole line with its neighbourhood is unique more often than a word is.
        var whole = new Regex($@"(?<![\w$]){Regex.Escape(wrong)}(?![\w$])");
        var index = lines.Index().Where(l => whole.IsMatch(l.Item)).Select(l => (int?)l.Index).FirstOrDefault();
        if (index is not { } at)
        {
            return new DemoStep($"`{wrong}` is not in `{path}` (any more).");
        }
        var (oldText, newText) = Unique(lines, at, whole, right);
        return new DemoStep(
            $"I replace `{wrong}` by `{right}` in line {at + 1} of `{path}`.\n",
            DemoCall.Edit(path, oldText, newText, Occurrences.TheOne)
        );
    }

    private static (string Old, string New) Unique(ImmutableArray<string> lines, int at, Regex whole, string right)
    {
        var all = string.Join('\n', lines);
        var (from, to) = (at, at);
        while (true)
        {
            var old = string.Join('\n', lines[from..(to + 1)]);
            var isUnique = all.IndexOf(old, StringComparison.Ordinal) == all.LastIndexOf(old, StringComparison.Ordinal);
            if (isUnique || (from == 0 && to == lines.Length - 1))
            {
                var fixedLine = whole.Replace(lines[at], right.Replace("$", "$$", StringComparison.Ordinal), 1);
                return (old, string.Join('\n', [.. lines[from..at], fixedLine, .. lines[(at + 1)..(to + 1)]]));
            }
            from = Math.Max(0, from - 1);
            to = Math.Min(lines.Length - 1, to + 1);
        }
    }

    private static string NothingToFix(DemoTurn turn)
    {
        var text = new StringBuilder(
            "I found nothing that my rules can fix: they know misspelt words, and messages that say what was meant."
        );
        var todos = turn.Round(0).Skip(1).SelectMany(r => ToolTexts.Found(r)).Take(5).ToArray();
        if (todos.Length > 0)
        {
            text.Append(" These are open, and need a real model:\n\n");
            text.AppendJoin('\n', todos.Select(t => $"- `{t.Path}:{t.Line}` {Words.Code(t.Text)}"));
        }
        return text.Append("\n\n").Append(DemoRules.HowToConnect).ToString();
    }

    [GeneratedRegex(@"^\s*(please\s+)?(fix|correct|repair)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Request();

    [GeneratedRegex(
        """['"‘“`](?<wrong>[\w$]+)['"’”`][^\n]*?[Dd]id you mean (to write )?['"‘“`](?<right>[\w$.]+)['"’”`]"""
    )]
    private static partial Regex DidYouMean();

    [GeneratedRegex(
        """^\s*(please\s+)?(fix|correct)\s+[`"']?(?<wrong>[\w$]+)[`"']?\s+(to|into)\s+[`"']?(?<right>[\w$]+)[`"']?""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex AToB();
}
