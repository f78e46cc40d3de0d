using MediatR;
using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Turns;

/// <summary>The second Stop.</summary>
internal sealed class KillTurnHandler(SessionRegistry sessions, OpenFolders folders)
    : IRequestHandler<KillTurnParams, Done>
{
    public async Task<Done> Handle(KillTurnParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        session.Kill();
        return Done.Value;
    }
}
