using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Commands after which the shell reads the next line in another way: the tree would be wrong from there on.</summary>
internal static class ReadingSwitches
{
    private static readonly string[] Switches =
    [
        "alias",
        "unalias",
        "shopt",
        "setopt",
        "unsetopt",
        "emulate",
        "disable",
        "enable",
    ];

    // They run the command that follows them.
    private static readonly string[] Prefixes = ["builtin", "command", "exec"];

    private static readonly string[] HarmlessOptions = ["errexit", "nounset", "pipefail", "xtrace"];

    public static bool IsSwitched(SimpleCommand command)
    {
        var first = 0;
        while (first < command.Words.Length && Prefixes.Contains(command.Words[first].Literal))
        {
            first++;
        }

        if (first == command.Words.Length)
        {
            return false;
        }

        var name = command.Words[first].Literal;
        return Switches.Contains(name)
            || name == "set" && !command.Words.Skip(first + 1).Select(word => word.Literal).All(IsHarmlessArgument);
    }

    // set -euo pipefail; anything else of set could change quoting, globbing or which words are assignments.
    private static bool IsHarmlessArgument(string? argument) =>
        argument is not null
        && (
            HarmlessOptions.Contains(argument)
            || argument is ['-' or '+', .. var letters] && letters.All("euxo".Contains)
        );
}
