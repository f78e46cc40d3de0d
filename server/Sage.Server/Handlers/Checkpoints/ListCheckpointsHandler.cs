using MediatR;
using Sage.Protocol.Checkpoints;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Checkpoints;

/// <summary>Says which points files can be taken back to.</summary>
internal sealed class ListCheckpointsHandler(SessionLookup sessions)
    : IRequestHandler<ListCheckpointsParams, ListCheckpointsResult>
{
    public async Task<ListCheckpointsResult> Handle(ListCheckpointsParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return session.Checkpoints.List();
    }
}
