using MediatR;
using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Turns;

/// <summary>Keeps a prompt for a turn of its own.</summary>
internal sealed class QueuePromptHandler(SessionRegistry sessions, OpenFolders folders)
    : IRequestHandler<QueuePromptParams, Done>
{
    public async Task<Done> Handle(QueuePromptParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        await session.AcceptAsync(request.Id, SteerKind.Queue, request.Input, cancellationToken);
        return Done.Value;
    }
}
