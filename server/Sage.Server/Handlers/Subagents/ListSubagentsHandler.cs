using MediatR;
using Sage.Agent.Subagents;
using Sage.Protocol.Subagents;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Subagents;

/// <summary>Says which kinds of sub-agents there are.</summary>
internal sealed class ListSubagentsHandler(ISubagentKinds kinds, OpenFolders folders)
    : IRequestHandler<ListSubagentsParams, ListSubagentsResult>
{
    public Task<ListSubagentsResult> Handle(ListSubagentsParams request, CancellationToken cancellationToken) =>
        Task.Run(List, cancellationToken);

    private ListSubagentsResult List()
    {
        if (folders.First is null)
        {
            return new ListSubagentsResult([.. SubagentKind.BuiltIn.Select(Summary)], [], kinds.UserFolder);
        }

        var found = kinds.Read(folders.Workspace);
        return new ListSubagentsResult(
            [.. SubagentKind.BuiltIn.Concat(found.Kinds).Select(Summary)],
            found.Problems,
            kinds.UserFolder,
            kinds.WorkspaceFolder(folders.Workspace)
        );
    }

    private static SubagentKindSummary Summary(SubagentKind kind) =>
        new(
            kind.Name,
            kind.Description,
            kind.Source,
            kind.Place,
            kind.Requests,
            kind.Path,
            kind.Tools.Only,
            kind.Tools.Without.IsEmpty ? null : kind.Tools.Without,
            kind.Mode,
            kind.Model
        );
}
