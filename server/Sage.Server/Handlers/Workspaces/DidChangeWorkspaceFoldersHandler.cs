using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Workspaces;

/// <summary>Folders were added to or removed from the window.</summary>
internal sealed class DidChangeWorkspaceFoldersHandler(OpenFolders folders)
    : IRequestHandler<DidChangeWorkspaceFoldersParams, Done>
{
    public Task<Done> Handle(DidChangeWorkspaceFoldersParams request, CancellationToken cancellationToken)
    {
        folders.Change(request.Event);
        return Task.FromResult(Done.Value);
    }
}
