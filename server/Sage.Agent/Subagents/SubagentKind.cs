using System.Collections.Immutable;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Subagents;

/// <summary>A kind of sub-agent: what it is told, and which of the tools of whom starts it it has.</summary>
/// <param name="Name">What the model calls it.</param>
/// <param name="Instructions">Stand at the end of its system prompt.</param>
internal sealed record SubagentKind(string Name, string Instructions)
{
    // They are for who talks to the user, and a sub-agent of a sub-agent nobody could follow.
    private static readonly ImmutableHashSet<string> ForParentOnly = ImmutableHashSet.Create<string>(
        StringComparer.Ordinal,
        "ask_user",
        "exit_plan_mode",
        "run_subagent",
        "update_plan"
    );

    /// <summary>The names of the tools it has; null for all there are.</summary>
    public ImmutableHashSet<string>? Tools { get; init; }

    /// <summary>The widest it may go, whatever the turn may.</summary>
    public PermissionMode? Mode { get; init; }

    public static SubagentKind Explore { get; } =
        new(
            "explore",
            "Find out what you were asked; you can only read. Answer with what you found: facts with `path:line`, and what you looked for in vain."
        )
        {
            Mode = PermissionMode.Plan,
            Tools = ImmutableHashSet.Create<string>(
                StringComparer.Ordinal,
                "glob",
                "grep",
                "list_directory",
                "load_skill",
                "read_file",
                "run_command"
            ),
        };

    public static SubagentKind General { get; } =
        new(
            "general",
            "Do what you were asked, completely. Answer with what you did, what you changed, and what is left or unsure."
        );

    public static ImmutableArray<SubagentKind> BuiltIn { get; } = [Explore, General];

    public bool Offers(string tool) => !ForParentOnly.Contains(tool) && (Tools is null || Tools.Contains(tool));
}
