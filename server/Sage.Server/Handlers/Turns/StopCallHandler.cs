using MediatR;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Turns;

/// <summary>The stop of one tool call alone.</summary>
internal sealed class StopCallHandler(SessionLookup sessions) : IRequestHandler<StopCallParams, Done>
{
    public async Task<Done> Handle(StopCallParams request, CancellationToken cancellationToken)
    {
        (await sessions.FindAsync(request.SessionId, cancellationToken)).StopCall(request.CallId);
        return Done.Value;
    }
}
