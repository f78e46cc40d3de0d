using MediatR;
using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Turns;

/// <summary>Changes the words of what waits.</summary>
internal sealed class EditQueuedHandler(SessionRegistry sessions, OpenFolders folders)
    : IRequestHandler<EditQueuedParams, Done>
{
    public async Task<Done> Handle(EditQueuedParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        await session.EditQueuedAsync(request.Id, request.Input, cancellationToken);
        return Done.Value;
    }
}
