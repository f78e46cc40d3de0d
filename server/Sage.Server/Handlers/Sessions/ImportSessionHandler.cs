using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Makes a session of an exported one.</summary>
internal sealed class ImportSessionHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<ImportSessionParams, ImportSessionResult>
{
    public Task<ImportSessionResult> Handle(ImportSessionParams request, CancellationToken cancellationToken) =>
        library.ImportAsync(folders.Workspace, request.Text, cancellationToken);
}
