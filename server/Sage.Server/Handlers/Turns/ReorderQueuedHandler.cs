using MediatR;
using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Turns;

/// <summary>Gives what waits a new order.</summary>
internal sealed class ReorderQueuedHandler(SessionRegistry sessions, OpenFolders folders)
    : IRequestHandler<ReorderQueuedParams, Done>
{
    public async Task<Done> Handle(ReorderQueuedParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        await session.ReorderQueuedAsync(request.Ids, cancellationToken);
        return Done.Value;
    }
}
