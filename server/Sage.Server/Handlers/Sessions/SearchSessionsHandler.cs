using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Finds sessions by what was said in them.</summary>
internal sealed class SearchSessionsHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<SearchSessionsParams, SearchSessionsResult>
{
    public async Task<SearchSessionsResult> Handle(SearchSessionsParams request, CancellationToken cancellationToken) =>
        new([.. await library.SearchAsync(folders.Workspace, request, cancellationToken)]);
}
