using MediatR;
using Sage.Protocol;
using Sage.Protocol.Checkpoints;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Checkpoints;

/// <summary>Marks changes as reviewed.</summary>
internal sealed class KeepHunksHandler(SessionLookup sessions) : IRequestHandler<KeepHunksParams, Done>
{
    public async Task<Done> Handle(KeepHunksParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.Checkpoints.KeepAsync(request, cancellationToken);
    }
}
