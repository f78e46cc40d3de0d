using MediatR;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Turns;

/// <summary>The second Stop.</summary>
internal sealed class KillTurnHandler(SessionLookup sessions) : IRequestHandler<KillTurnParams, Done>
{
    public async Task<Done> Handle(KillTurnParams request, CancellationToken cancellationToken)
    {
        (await sessions.FindAsync(request.SessionId, cancellationToken)).Kill();
        return Done.Value;
    }
}
