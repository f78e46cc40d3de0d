using MediatR;
using Sage.Protocol.Turns;

namespace Sage.Server.Handlers.Turns;

/// <summary>Goes on with a turn that a crash cut off.</summary>
internal sealed class ResumeTurnHandler(TurnRequests turns) : IRequestHandler<ResumeTurnParams, RunTurnResult>
{
    public Task<RunTurnResult> Handle(ResumeTurnParams request, CancellationToken cancellationToken) =>
        turns.AnswerAsync(
            request.SessionId,
            (session, limits) => session.ResumeTurnAsync(limits, cancellationToken),
            cancellationToken
        );
}
