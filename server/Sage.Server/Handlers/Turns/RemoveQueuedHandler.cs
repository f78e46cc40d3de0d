using MediatR;
using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Turns;

/// <summary>Takes back what waits.</summary>
internal sealed class RemoveQueuedHandler(SessionRegistry sessions, OpenFolders folders)
    : IRequestHandler<RemoveQueuedParams, Done>
{
    public async Task<Done> Handle(RemoveQueuedParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        await session.RemoveQueuedAsync(request.Id, cancellationToken);
        return Done.Value;
    }
}
