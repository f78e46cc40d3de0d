using MediatR;
using Sage.Agent.Turns;
using Sage.Protocol.Turns;

namespace Sage.Server.Handlers.Turns;

/// <summary>Runs one turn.</summary>
internal sealed class RunTurnHandler(TurnRequests turns) : IRequestHandler<RunTurnParams, RunTurnResult>
{
    public Task<RunTurnResult> Handle(RunTurnParams request, CancellationToken cancellationToken) =>
        turns.AnswerAsync(
            request.SessionId,
            session => session.RunTurnAsync(request, TurnLimits.Default, cancellationToken),
            cancellationToken
        );
}
