using MediatR;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Turns;

/// <summary>Takes back what waits.</summary>
internal sealed class RemoveQueuedHandler(SessionLookup sessions) : IRequestHandler<RemoveQueuedParams, Done>
{
    public Task<Done> Handle(RemoveQueuedParams request, CancellationToken cancellationToken) =>
        sessions.ChangeAsync(
            request.SessionId,
            session => session.RemoveQueuedAsync(request.Id, cancellationToken),
            cancellationToken
        );
}
