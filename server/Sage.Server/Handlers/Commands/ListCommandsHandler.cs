using MediatR;
using Sage.Agent.Commands;
using Sage.Protocol.Commands;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Commands;

/// <summary>Says which commands a prompt can begin with.</summary>
internal sealed class ListCommandsHandler(ICommands commands, OpenFolders folders)
    : IRequestHandler<ListCommandsParams, ListCommandsResult>
{
    public Task<ListCommandsResult> Handle(ListCommandsParams request, CancellationToken cancellationToken) =>
        folders.First is null
            ? Task.FromResult(new ListCommandsResult([], []))
            : Task.Run(() => commands.List(folders.Workspace), cancellationToken);
}
