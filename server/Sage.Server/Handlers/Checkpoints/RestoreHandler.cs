using MediatR;
using Sage.Protocol.Checkpoints;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Checkpoints;

/// <summary>Takes files back to before a turn.</summary>
internal sealed class RestoreHandler(SessionLookup sessions) : IRequestHandler<RestoreParams, RestoreResult>
{
    public async Task<RestoreResult> Handle(RestoreParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.RestoreAsync(request, cancellationToken);
    }
}
