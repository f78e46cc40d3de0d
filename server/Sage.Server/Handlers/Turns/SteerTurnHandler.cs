using MediatR;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Turns;

/// <summary>Hands words to the turn that runs.</summary>
internal sealed class SteerTurnHandler(SessionLookup sessions) : IRequestHandler<SteerTurnParams, Done>
{
    public Task<Done> Handle(SteerTurnParams request, CancellationToken cancellationToken) =>
        sessions.ChangeAsync(
            request.SessionId,
            session => session.AcceptAsync(request.Id, SteerKind.Steer, request.Input, cancellationToken),
            cancellationToken
        );
}
