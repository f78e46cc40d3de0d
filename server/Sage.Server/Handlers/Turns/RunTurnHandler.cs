using MediatR;
using Sage.Agent.Sessions;
using Sage.Agent.Turns;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.LanguageModels;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Rpc;

namespace Sage.Server.Handlers.Turns;

/// <summary>Runs one turn; answers when it has ended and its last event is written.</summary>
internal sealed class RunTurnHandler(
    SessionRegistry sessions,
    OpenFolders folders,
    ConfiguredModels models,
    ClientNotifier notifier
) : IRequestHandler<RunTurnParams, RunTurnResult>
{
    public async Task<RunTurnResult> Handle(RunTurnParams request, CancellationToken cancellationToken)
    {
        await models.ApplySettingsAsync(cancellationToken);
        var session = await sessions.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        var result = await session.RunTurnAsync(request, TurnLimits.Default, cancellationToken);

        // Not with the turn's token: a stopped turn has last events too.
        await notifier.FlushAsync(session.Id, CancellationToken.None);
        return result;
    }
}
