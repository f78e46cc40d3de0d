using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Sage.Providers.Demo.WithoutTools;

/// <summary>Answers requests without tools. Of replacement text (inline edits) it obeys a few instructions, else says so in a comment.</summary>
internal static partial class InlineRewrite
{
    private const string Excuse = "Sage's offline demo model (rules, no AI) cannot do this. Connect a real model.";

    public static string Answer(IReadOnlyList<ChatMessage> history)
    {
        var request = history.LastOrDefault(m => m.Role == ChatRole.User)?.Text ?? "";
        if (CommitWords.Answer(request) is { } message)
        {
            return message;
        }
        var target = Target(request);
        if (target is null)
        {
            return $"{DemoRules.Introduction} {DemoRules.HowToConnect}";
        }
        var path = FilePath().Match(request).Groups["path"].Value.Trim();
        var instruction = Instruction().Match(request) is { Success: true } marked
            ? marked.Groups["text"].Value.Trim()
            : Fence().Replace(request, "").Trim();
        return Rewrite(target, instruction, path);
    }

    private static string Rewrite(string target, string instruction, string path)
    {
        var lines = target.Split('\n');
        if (Rename().Match(instruction) is { Success: true } rename)
        {
            var from = Regex.Escape(rename.Groups["from"].Value);
            var to = rename.Groups["to"].Value.Replace("$", "$$", StringComparison.Ordinal);
            return Regex.Replace(target, $@"(?<![\w$]){from}(?![\w$])", to);
        }
        if (AddComment().Match(instruction) is { Success: true } comment)
        {
            return Commented(target, comment.Groups["text"].Value.Trim().Trim('"', '\'', '`', '“', '”'), path);
        }
        return instruction.ToLowerInvariant() switch
        {
            var i when Uppercase().IsMatch(i) => target.ToUpperInvariant(),
            var i when Lowercase().IsMatch(i) => target.ToLowerInvariant(),
            var i when Sort().IsMatch(i) && i.Contains("desc", StringComparison.Ordinal) => string.Join(
                '\n',
                lines.OrderDescending(StringComparer.Ordinal)
            ),
            var i when Sort().IsMatch(i) => string.Join('\n', lines.Order(StringComparer.Ordinal)),
            var i when RemoveBlank().IsMatch(i) => string.Join('\n', lines.Where(l => !string.IsNullOrWhiteSpace(l))),
            _ => Commented(target, Excuse, path),
        };
    }

    private static string Commented(string target, string comment, string path)
    {
        var (before, after) = Languages.Comment(path);
        var indent = Indentation().Match(target).Value;
        var line = $"{indent}{before}{comment}{after}";
        return target.Length == 0 ? line : $"{line}\n{target}";
    }

    /// <summary>The text between <c>&lt;target&gt;</c> marks, or in the last code fence; null when the request has neither.</summary>
    private static string? Target(string request)
    {
        if (Marked().Match(request) is { Success: true } marked)
        {
            return marked.Groups["text"].Value;
        }
        return Fence().Matches(request) is [.., var fence] ? fence.Groups["text"].Value : null;
    }

    [GeneratedRegex("<target>\n(?<text>.*?)\n</target>", RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex("```[^\n]*\n(?<text>.*?)\n?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^Instruction: (?<text>.*)$", RegexOptions.Multiline | RegexOptions.RightToLeft)]
    private static partial Regex Instruction();

    [GeneratedRegex("^File: (?<path>.+)$", RegexOptions.Multiline)]
    private static partial Regex FilePath();

    [GeneratedRegex(@"^[ \t]*")]
    private static partial Regex Indentation();

    [GeneratedRegex(
        """\b(rename|replace|change)\s+[`"']?(?<from>[\w$]+)[`"']?\s+(to|with|by|into)\s+[`"']?(?<to>[\w$]+)[`"']?""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Rename();

    [GeneratedRegex(
        @"^\s*(add|insert|write)\s+(a\s+)?comment:?\s+(saying\s+|that\s+says\s+)?(?<text>\S.*)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex AddComment();

    [GeneratedRegex(@"\b(upper\s?-?case|capitals)\b")]
    private static partial Regex Uppercase();

    [GeneratedRegex(@"\blower\s?-?case\b")]
    private static partial Regex Lowercase();

    [GeneratedRegex(@"\b(sort|alphabeti[sz]e)\b")]
    private static partial Regex Sort();

    [GeneratedRegex(@"\b(remove|delete)\s+(the\s+)?(blank|empty)\s+lines\b")]
    private static partial Regex RemoveBlank();
}
