using MediatR;
using Sage.Protocol.Checkpoints;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Checkpoints;

/// <summary>Takes changes back.</summary>
internal sealed class UndoHunksHandler(SessionLookup sessions) : IRequestHandler<UndoHunksParams, RestoreResult>
{
    public async Task<RestoreResult> Handle(UndoHunksParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.Checkpoints.UndoAsync(request, cancellationToken);
    }
}
