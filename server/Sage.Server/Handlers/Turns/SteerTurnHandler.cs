using MediatR;
using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Turns;

/// <summary>Hands words to the turn that runs.</summary>
internal sealed class SteerTurnHandler(SessionRegistry sessions, OpenFolders folders)
    : IRequestHandler<SteerTurnParams, Done>
{
    public async Task<Done> Handle(SteerTurnParams request, CancellationToken cancellationToken)
    {
        var session = await sessions.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        await session.AcceptAsync(request.Id, SteerKind.Steer, request.Input, cancellationToken);
        return Done.Value;
    }
}
