using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary><c>explain FILE</c>: reads it, and says what can be seen without understanding it.</summary>
internal static partial class ExplainRule
{
    private const int Shown = 12;

    public static DemoStep? Next(DemoTurn turn)
    {
        if (!Request().IsMatch(turn.Prompt) || Words.Files(turn).FirstOrDefault() is not { } file)
        {
            return null;
        }
        var read = turn.Of("read_file").LastOrDefault();
        if (read is null)
        {
            return new DemoStep($"I read `{file}`.\n", DemoCall.ReadFile(file));
        }
        if (ToolTexts.FileLines(read) is { } lines)
        {
            return new DemoStep(Report(read.Argument("path"), lines));
        }
        // Perhaps only the name was given.
        var search = turn.Of("glob").LastOrDefault();
        return search is null
                ? new DemoStep("It is not there; I look for its name.\n", DemoCall.Glob($"**/{Path.GetFileName(file)}"))
            : ToolTexts.Paths(search) is [var found, ..] && turn.Of("read_file").Count() == 1
                ? new DemoStep($"There it is: `{found}`.\n", DemoCall.ReadFile(found))
            : new DemoStep($"I cannot read `{file}`: {read.Text}");
    }

    private static string Report(string path, ImmutableArray<string> lines)
    {
        var text = new StringBuilder();
        var language = Languages.Of(path);
        text.Append($"`{path}` has {Words.Count(lines.Length, "line")}{(language is null ? "" : $" of {language}")}. ");
        text.Append("I do not understand code; this is what a few patterns show.\n\n");
        var declared = lines
            .Index()
            .Select(l => (l.Index, Match: Declaration().Match(l.Item)))
            .Where(l => l.Match.Success)
            .ToArray();
        if (declared.Length > 0)
        {
            text.Append("It declares:\n");
            foreach (var (index, match) in declared.Take(Shown))
            {
                text.Append($"- `{path}:{index + 1}` {match.Groups["kind"].Value} `{match.Groups["name"].Value}`\n");
            }
        }
        var imports = lines.Count(l => Import().IsMatch(l));
        if (imports > 0)
        {
            text.Append($"\nIt has {Words.Count(imports, "import")}.");
        }
        foreach (var (index, line) in lines.Index().Where(l => Todo().IsMatch(l.Item)).Take(3))
        {
            text.Append($"\nOpen at line {index + 1}: {Words.Code(line)}");
        }
        return text.ToString().TrimEnd();
    }

    [GeneratedRegex(
        @"^\s*(please\s+)?(explain|describe|read|show|summari[sz]e|what\s+(is|does))\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Request();

    [GeneratedRegex(
        @"^\s*(export\s+|default\s+|public\s+|internal\s+|private\s+|protected\s+|static\s+|sealed\s+|abstract\s+|partial\s+|async\s+|pub\s+)*"
            + @"(?<kind>class|interface|record|struct|enum|trait|function|def|func|fn|type|module|namespace)\s+(?<name>[A-Za-z_][\w.]*)"
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*(import\b|using\s+[\w.]+;|#include\b|from\s+\S+\s+import\b|use\s+\w)")]
    private static partial Regex Import();

    [GeneratedRegex(@"\b(TODO|FIXME)\b")]
    private static partial Regex Todo();
}
