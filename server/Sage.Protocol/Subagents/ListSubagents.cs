using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;

namespace Sage.Protocol.Subagents;

/// <summary><see cref="Methods.ListSubagents"/>: which kinds of sub-agents the model can start. A workspace that is not trusted brings none.</summary>
public sealed record ListSubagentsParams : IRequest<ListSubagentsResult>;

/// <param name="Kinds">Those that Sage brings, then the others in the order of their names.</param>
/// <param name="Problems">Files that were left out, or count in part.</param>
/// <param name="UserFolder">Where the user's own files lie: an absolute path.</param>
/// <param name="WorkspaceFolder">Where those of the workspace lie; absent where none is open or it is not trusted.</param>
public sealed record ListSubagentsResult(
    ImmutableArray<SubagentKindSummary> Kinds,
    ImmutableArray<SubagentProblem> Problems,
    string UserFolder,
    string? WorkspaceFolder = null
);

/// <param name="Name">What the model calls it.</param>
/// <param name="Description">One line: what it is for.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Place">The file, as people write it: <c>.sage/agents/reviewer.md</c>; <c>Sage</c> for what it brings itself.</param>
/// <param name="Path">The file: an absolute path; absent for what Sage brings itself.</param>
/// <param name="Tools">Which of the tools of whom starts it it has; absent for all of them.</param>
/// <param name="WithoutTools">Which it has not.</param>
/// <param name="Mode">The widest it may go, whatever the turn may.</param>
/// <param name="Model">Who answers; absent for the model of the turn.</param>
/// <param name="MaxRequests">How many requests it makes at most.</param>
public sealed record SubagentKindSummary(
    string Name,
    string Description,
    SubagentSource Source,
    string Place,
    int MaxRequests,
    string? Path = null,
    ImmutableArray<string>? Tools = null,
    ImmutableArray<string>? WithoutTools = null,
    PermissionMode? Mode = null,
    string? Model = null
);

/// <param name="Text">For people: what is wrong, and with which file.</param>
/// <param name="Path">The file: an absolute path.</param>
public sealed record SubagentProblem(string Text, string Path);

/// <summary>Who brought a kind of sub-agent.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SubagentSource>))]
public enum SubagentSource
{
    Workspace,
    User,

    /// <summary>Sage itself.</summary>
    BuiltIn,
}
