using System.Collections.Immutable;

namespace Sage.Server.Cli;

/// <summary>The rules given with <c>--allow</c>: a tool's name, or one exact call such as <c>run_command(npm test)</c>.</summary>
internal sealed class RuleAllowance(ImmutableArray<string> rules)
{
    public bool Covers(string toolName, string rule) => rules.Contains(rule) || rules.Contains(toolName);

    /// <summary>Null when the rule can be understood.</summary>
    public static string? FindProblem(string rule)
    {
        var open = rule.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? rule : rule[..open];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || open > 0 && rule[^1] != ')')
        {
            return $"--allow {rule}: write a tool's name (edit_file) or one exact call (run_command(npm test)).";
        }

        return open > 0 && rule.EndsWith("*)", StringComparison.Ordinal)
            ? $"--allow {rule}: wildcards are not understood. Name the exact call, or the whole tool: {name}."
            : null;
    }
}
