using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Gives a session a name.</summary>
internal sealed class RenameSessionHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<RenameSessionParams, Done>
{
    public async Task<Done> Handle(RenameSessionParams request, CancellationToken cancellationToken)
    {
        await library.RenameAsync(folders.Workspace, request.SessionId, request.Title, cancellationToken);
        return Done.Value;
    }
}
