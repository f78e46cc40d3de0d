using System.Collections.Immutable;
using Sage.Protocol.Permissions;
using Sage.Protocol.Subagents;

namespace Sage.Agent.Subagents;

/// <summary>A kind of sub-agent: what it is told, and which of the tools of whom starts it it has.</summary>
/// <param name="Name">What the model calls it.</param>
/// <param name="Description">One line: what it is for.</param>
/// <param name="Instructions">Stand at the end of its system prompt.</param>
public sealed record SubagentKind(string Name, string Description, string Instructions)
{
    /// <summary>How many requests one may make at most, whatever its kind.</summary>
    public const int MostRequests = 50;

    // They are for who talks to the user, and a sub-agent of a sub-agent nobody could follow.
    private static readonly ImmutableHashSet<string> ForParentOnly = ImmutableHashSet.Create<string>(
        StringComparer.Ordinal,
        "ask_user",
        "exit_plan_mode",
        "run_subagent",
        "update_plan"
    );

    public ToolSelection Tools { get; init; } = ToolSelection.All;

    /// <summary>The widest it may go, whatever the turn may.</summary>
    public PermissionMode? Mode { get; init; }

    /// <summary>Who answers; null for the model of the turn.</summary>
    public string? Model { get; init; }

    /// <summary>How many requests it may make.</summary>
    public int Requests { get; init; } = MostRequests;

    /// <summary>Who brought it.</summary>
    public SubagentSource Source { get; init; } = SubagentSource.BuiltIn;

    /// <summary>The file it stands in, as people write it.</summary>
    public string Place { get; init; } = "Sage";

    /// <summary>That file; null for what Sage brings itself.</summary>
    public string? Path { get; init; }

    internal static SubagentKind Explore { get; } =
        new(
            "explore",
            "Finds something out; only reads",
            "Find out what you were asked; you can only read. Answer with what you found: facts with `path:line`, and what you looked for in vain."
        )
        {
            Mode = PermissionMode.Plan,
            Tools = new ToolSelection(
                ["glob", "grep", "list_directory", "load_skill", "read_file", "run_command"],
                Without: []
            ),
        };

    internal static SubagentKind General { get; } =
        new(
            "general",
            "Does a part that stands alone; has all tools",
            "Do what you were asked, completely. Answer with what you did, what you changed, and what is left or unsure."
        );

    /// <summary>Those that Sage brings. No file takes their names: what the model is told of them stands in the list of tools.</summary>
    public static ImmutableArray<SubagentKind> BuiltIn { get; } = [Explore, General];

    internal bool Offers(string tool) => !ForParentOnly.Contains(tool) && Tools.Has(tool);
}
