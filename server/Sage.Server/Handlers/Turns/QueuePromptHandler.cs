using MediatR;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Turns;

/// <summary>Keeps a prompt for a turn of its own.</summary>
internal sealed class QueuePromptHandler(SessionLookup sessions) : IRequestHandler<QueuePromptParams, Done>
{
    public Task<Done> Handle(QueuePromptParams request, CancellationToken cancellationToken) =>
        sessions.ChangeAsync(
            request.SessionId,
            session => session.AcceptAsync(request.Id, SteerKind.Queue, request.Input, cancellationToken),
            cancellationToken
        );
}
