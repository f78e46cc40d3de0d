using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Lists the sessions of the open folder.</summary>
internal sealed class ListSessionsHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<ListSessionsParams, ListSessionsResult>
{
    public async Task<ListSessionsResult> Handle(ListSessionsParams request, CancellationToken cancellationToken) =>
        new([.. await library.ListAsync(folders.Workspace, request, cancellationToken)]);
}
