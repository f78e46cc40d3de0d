using System.Collections.Immutable;
using Sage.Agent.Workspaces;
using Sage.Protocol.Subagents;

namespace Sage.Agent.Subagents;

/// <summary>
/// Kinds of sub-agents that people keep in files. Read from the disk each time, so that a change holds at once. Port: implemented in
/// Sage.Extensibility.
/// </summary>
public interface ISubagentKinds
{
    /// <summary>All that hold in a workspace, in the order of their names; none has the name of a built-in one. Never throws for a bad file.</summary>
    SubagentKindSet Read(Workspace workspace);

    /// <summary>Where the user's own files lie: an absolute path.</summary>
    string UserFolder { get; }

    /// <summary>Where those of a workspace lie; null when it is not trusted.</summary>
    string? WorkspaceFolder(Workspace workspace);
}

/// <param name="Kinds">Each name once, in order.</param>
/// <param name="Problems">For the user: what was left out, or counts in part, and why.</param>
public sealed record SubagentKindSet(ImmutableArray<SubagentKind> Kinds, ImmutableArray<SubagentProblem> Problems);
