using Sage.Protocol;
using Sage.Protocol.Events;

namespace Sage.Agent.Sessions.Library;

/// <summary>Where a session is forked: between two turns, so that no call loses its result.</summary>
/// <param name="Seq">The last event of the fork.</param>
internal sealed record ForkPoint(long Seq)
{
    /// <param name="events">Of the session, from the first.</param>
    /// <param name="atSeq">The start of a turn: before it. Any other event: with its turn. Null: with the last turn that has ended.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>Null when there are no events.</returns>
    /// <exception cref="SageException">There is no such event, or its turn has not ended.</exception>
    public static async Task<ForkPoint?> FindAsync(
        IAsyncEnumerable<EventEnvelope> events,
        long? atSeq,
        CancellationToken cancellationToken
    )
    {
        var (last, between, isInTurn) = (0L, 0L, false);
        await foreach (var envelope in events.WithCancellation(cancellationToken))
        {
            var seq = envelope.Seq ?? 0;
            if (envelope.Event is TurnStarted)
            {
                if (seq == atSeq)
                {
                    return new ForkPoint(seq - 1);
                }

                isInTurn = true;
            }

            isInTurn &= envelope.Event is not TurnEnded;
            (last, between) = (seq, isInTurn ? between : seq);
            if (atSeq <= between)
            {
                return new ForkPoint(between);
            }
        }

        return (last, atSeq) switch
        {
            (0, _) => null,
            (_, null) => new ForkPoint(between),
            _ when atSeq > last => throw Wrong("names no event of this session"),
            _ => throw Wrong("names an event of a turn that has not ended"),
        };
    }

    private static SageException Wrong(string what) => new(ErrorCodes.InvalidParams, $"Parameter 'atSeq' {what}.");
}
