using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Takes a session out of the trash.</summary>
internal sealed class RestoreSessionHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<RestoreSessionParams, Done>
{
    public async Task<Done> Handle(RestoreSessionParams request, CancellationToken cancellationToken)
    {
        await library.RestoreAsync(folders.Workspace, request.SessionId, cancellationToken);
        return Done.Value;
    }
}
