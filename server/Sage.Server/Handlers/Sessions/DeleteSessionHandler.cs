using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Puts a session into the trash.</summary>
internal sealed class DeleteSessionHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<DeleteSessionParams, Done>
{
    public async Task<Done> Handle(DeleteSessionParams request, CancellationToken cancellationToken)
    {
        await library.DeleteAsync(folders.Workspace, request.SessionId, cancellationToken);
        return Done.Value;
    }
}
