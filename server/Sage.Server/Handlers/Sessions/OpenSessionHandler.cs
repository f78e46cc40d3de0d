using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Loads a session, or catches a client up with one.</summary>
internal sealed class OpenSessionHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<OpenSessionParams, OpenSessionResult>
{
    public async Task<OpenSessionResult> Handle(OpenSessionParams request, CancellationToken cancellationToken)
    {
        var session = await library.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        return await session.SnapshotAsync(request.FromSeq, cancellationToken);
    }
}
