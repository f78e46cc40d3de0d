using MediatR;
using Sage.Protocol.Sessions;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Loads a session, or catches a client up with one.</summary>
internal sealed class OpenSessionHandler(SessionLookup sessions) : IRequestHandler<OpenSessionParams, OpenSessionResult>
{
    public async Task<OpenSessionResult> Handle(OpenSessionParams request, CancellationToken cancellationToken) =>
        await (await sessions.FindAsync(request.SessionId, cancellationToken)).SnapshotAsync(
            request.FromSeq,
            cancellationToken
        );
}
