using Sage.Agent.Sessions;
using Sage.Agent.Turns;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.LanguageModels;
using Sage.Server.Handlers.Sessions;
using Sage.Server.Rpc;

namespace Sage.Server.Handlers.Turns;

/// <summary>Answers a request for a turn when the turn has ended and its last event is written.</summary>
internal sealed class TurnRequests(SessionLookup sessions, ConfiguredModels models, ClientNotifier notifier)
{
    public async Task<RunTurnResult> AnswerAsync(
        string sessionId,
        Func<Session, TurnLimits, Task<RunTurnResult>> run,
        CancellationToken cancellationToken
    )
    {
        await models.ApplySettingsAsync(cancellationToken);
        var session = await sessions.FindAsync(sessionId, cancellationToken);
        var result = await run(session, models.Limits);

        // Not with the turn's token: a stopped turn has last events too.
        await notifier.FlushAsync(session.Id, CancellationToken.None);
        return result;
    }
}
