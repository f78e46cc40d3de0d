using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>The proof of stop: what was running when the turn was cancelled, how each thing ended, and when.</summary>
internal sealed class StopReport(TimeProvider time)
{
    private readonly ConcurrentQueue<StoppedWork> _stopped = new();
    private long _cancelledAt;

    /// <summary>Call once, when the cancel arrives.</summary>
    public void Cancelled() => _cancelledAt = time.GetTimestamp();

    /// <summary>Reports this work as stopped if the cancel comes before the result is disposed.</summary>
    public IDisposable Track(string what, CancellationToken cancellationToken) =>
        new Tracked(this, what, cancellationToken);

    public void Add(string what, string how) => _stopped.Enqueue(new StoppedWork(what, how, ElapsedMs));

    public ImmutableArray<StoppedWork>? ToStopped() => _stopped.IsEmpty ? null : [.. _stopped];

    private long ElapsedMs => _cancelledAt == 0 ? 0 : (long)time.GetElapsedTime(_cancelledAt).TotalMilliseconds;

    private sealed class Tracked(StopReport report, string what, CancellationToken cancellationToken) : IDisposable
    {
        public void Dispose()
        {
            if (cancellationToken.IsCancellationRequested)
            {
                report.Add(what, "cancelled");
            }
        }
    }
}
