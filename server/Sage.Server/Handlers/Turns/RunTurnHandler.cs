using MediatR;
using Sage.Protocol.Turns;

namespace Sage.Server.Handlers.Turns;

/// <summary>Runs one turn.</summary>
internal sealed class RunTurnHandler(TurnRequests turns) : IRequestHandler<RunTurnParams, RunTurnResult>
{
    public Task<RunTurnResult> Handle(RunTurnParams request, CancellationToken cancellationToken) =>
        turns.AnswerAsync(
            request.SessionId,
            (session, limits) => session.RunTurnAsync(request, limits, cancellationToken),
            cancellationToken
        );
}
