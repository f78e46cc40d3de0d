using MediatR;
using Sage.Protocol.Checkpoints;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Checkpoints;

/// <summary>Says what is to be reviewed.</summary>
internal sealed class ListHunksHandler(SessionLookup sessions) : IRequestHandler<ListHunksParams, ListHunksResult>
{
    public async Task<ListHunksResult> Handle(ListHunksParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.Checkpoints.ListHunksAsync(cancellationToken);
    }
}
