using MediatR;
using Sage.Agent.Sessions;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Lists the sessions of the open folder.</summary>
internal sealed class ListSessionsHandler(SessionRegistry sessions, OpenFolders folders)
    : IRequestHandler<ListSessionsParams, ListSessionsResult>
{
    public async Task<ListSessionsResult> Handle(ListSessionsParams request, CancellationToken cancellationToken) =>
        new([.. await sessions.ListAsync(folders.Workspace, request.Limit, cancellationToken)]);
}
