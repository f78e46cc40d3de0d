using MediatR;
using Sage.Agent.Sessions.Library;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Writes a session as text.</summary>
internal sealed class ExportSessionHandler(SessionLibrary library, OpenFolders folders)
    : IRequestHandler<ExportSessionParams, ExportSessionResult>
{
    public Task<ExportSessionResult> Handle(ExportSessionParams request, CancellationToken cancellationToken) =>
        library.ExportAsync(folders.Workspace, request.SessionId, request.Format, cancellationToken);
}
