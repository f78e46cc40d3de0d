using MediatR;
using Sage.Protocol.Checkpoints;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.Checkpoints;

/// <summary>Shows a file without what is to be reviewed.</summary>
internal sealed class ReadOriginalHandler(SessionLookup sessions)
    : IRequestHandler<ReadOriginalParams, ReadOriginalResult>
{
    public async Task<ReadOriginalResult> Handle(ReadOriginalParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.Checkpoints.ReadOriginalAsync(request.Path, cancellationToken);
    }
}
