using System.Collections.Immutable;
using Sage.Protocol.Events;

namespace Sage.Agent.Sessions;

/// <summary>How much of a long session is shown at once.</summary>
internal static class EventPage
{
    /// <summary>What a front end gets when it opens a session; older events are asked for.</summary>
    public const int MostAtOpening = 4_000;

    /// <summary>Begins with the start of a turn where that costs less than half of the page: half a turn is hard to read.</summary>
    public static ImmutableArray<EventEnvelope> FromTurn(ImmutableArray<EventEnvelope> events, long fromSeq)
    {
        if (events.IsEmpty || events[0].Seq <= fromSeq)
        {
            return events;
        }

        var start = events.TakeWhile(envelope => envelope.Event is not TurnStarted).Count();
        return start <= events.Length / 2 ? events[start..] : events;
    }
}
