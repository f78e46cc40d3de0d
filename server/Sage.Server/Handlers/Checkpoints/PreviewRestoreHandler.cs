using MediatR;
using Sage.Protocol.Checkpoints;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Checkpoints;

/// <summary>Says what restoring would do.</summary>
internal sealed class PreviewRestoreHandler(SessionLookup sessions)
    : IRequestHandler<PreviewRestoreParams, PreviewRestoreResult>
{
    public async Task<PreviewRestoreResult> Handle(PreviewRestoreParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.Checkpoints.PreviewAsync(request.TurnId, cancellationToken);
    }
}
