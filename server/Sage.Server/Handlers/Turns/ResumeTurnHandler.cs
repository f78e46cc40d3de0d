using MediatR;
using Sage.Agent.Sessions;
using Sage.Agent.Turns;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.LanguageModels;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Rpc;

namespace Sage.Server.Handlers.Turns;

/// <summary>Goes on with a turn that a crash cut off; answers when it has ended and its last event is written.</summary>
internal sealed class ResumeTurnHandler(
    SessionRegistry sessions,
    OpenFolders folders,
    ConfiguredModels models,
    ClientNotifier notifier
) : IRequestHandler<ResumeTurnParams, RunTurnResult>
{
    public async Task<RunTurnResult> Handle(ResumeTurnParams request, CancellationToken cancellationToken)
    {
        await models.ApplySettingsAsync(cancellationToken);
        var session = await sessions.OpenAsync(folders.Workspace, request.SessionId, cancellationToken);
        var result = await session.ResumeTurnAsync(TurnLimits.Default, cancellationToken);
        await notifier.FlushAsync(session.Id, CancellationToken.None);
        return result;
    }
}
