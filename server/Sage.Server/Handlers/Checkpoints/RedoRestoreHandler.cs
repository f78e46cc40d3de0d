using MediatR;
using Sage.Protocol.Checkpoints;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Checkpoints;

/// <summary>Takes back an undo or a restore.</summary>
internal sealed class RedoRestoreHandler(SessionLookup sessions) : IRequestHandler<RedoRestoreParams, RestoreResult>
{
    public async Task<RestoreResult> Handle(RedoRestoreParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.RedoAsync(request, cancellationToken);
    }
}
