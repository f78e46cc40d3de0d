using MediatR;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Turns;

/// <summary>Gives what waits a new order.</summary>
internal sealed class ReorderQueuedHandler(SessionLookup sessions) : IRequestHandler<ReorderQueuedParams, Done>
{
    public Task<Done> Handle(ReorderQueuedParams request, CancellationToken cancellationToken) =>
        sessions.ChangeAsync(
            request.SessionId,
            session => session.ReorderQueuedAsync(request.Ids, cancellationToken),
            cancellationToken
        );
}
