using Sage.Protocol.Commands;

namespace Sage.Extensibility.Commands;

/// <summary>The commands that Sage brings itself. A file of the same name counts instead.</summary>
internal static class BuiltInCommands
{
    public static IEnumerable<MarkdownCommand> All { get; } =
    [
        new(
            new CommandSummary(
                "init",
                "Writes a first AGENTS.md from what the repository shows",
                CommandSource.BuiltIn,
                "Sage",
                "what to look at"
            ),
            Init
        ),
    ];

    private const string Init = """
        Write AGENTS.md at the root of this workspace: what an agent, or a new colleague, has to know to work here and does not see at a glance.

        Look first: the README, the build files, the layout of the folders, the tests, what CI runs, and rules that other agents have here (CLAUDE.md,
        .github/copilot-instructions.md, .cursorrules). Change nothing but AGENTS.md.

        Then write at most 60 lines of Markdown:
        - how to build, run, check and test, a single test too, with commands that you have found and not guessed;
        - how the code is laid out, and the rules that hold across it;
        - conventions that differ from what is usual;
        - what goes wrong here, and how to notice.

        Leave out what is obvious, general advice, and lists of all files. Where AGENTS.md exists, improve it, and keep what people have put in on purpose.

        $ARGUMENTS
        """;
}
