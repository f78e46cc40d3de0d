using MediatR;
using Sage.Agent.Sessions;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Makes a new session in the open folder.</summary>
internal sealed class CreateSessionHandler(SessionRegistry sessions, OpenFolders folders)
    : IRequestHandler<CreateSessionParams, CreateSessionResult>
{
    public async Task<CreateSessionResult> Handle(CreateSessionParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.CreateAsync(folders.Workspace, cancellationToken);
        return new CreateSessionResult(session.Id);
    }
}
