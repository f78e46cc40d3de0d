using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Makes a session that begins like another.</summary>
internal sealed class ForkSessionHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<ForkSessionParams, ForkSessionResult>
{
    public Task<ForkSessionResult> Handle(ForkSessionParams request, CancellationToken cancellationToken) =>
        library.ForkAsync(folders.Workspace, request.SessionId, request.AtSeq, cancellationToken);
}
