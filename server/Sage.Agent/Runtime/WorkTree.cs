using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sage.Protocol.Runtime;

namespace Sage.Agent.Runtime;

/// <summary>Everything that runs in this process, as a tree: what a snapshot shows, and what a stop has to end.</summary>
/// <param name="time">Ages are measured by it.</param>
public sealed class WorkTree(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, Work> _live = new();
    private long _lastId;

    /// <summary>What runs now; a parent stands before its parts.</summary>
    public ImmutableArray<RunningWork> Snapshot() =>
        [.. _live.Values.OrderBy(work => work.Id).Select(work => work.Describe())];

    /// <summary>Work that belongs to nothing else. Dispose it when it has ended.</summary>
    public Work Start(WorkKind kind, string what, string? sessionId) => Start(kind, what, sessionId, parent: null);

    internal Work Start(WorkKind kind, string what, string? sessionId, Work? parent)
    {
        var work = new Work(this, Interlocked.Increment(ref _lastId), kind, what, sessionId, parent);
        _live[work.Id] = work;
        return work;
    }

    internal bool Remove(Work work) => _live.TryRemove(work.Id, out _);

    /// <summary>What runs as part of this work, itself left out.</summary>
    internal IEnumerable<Work> PartsOf(Work work) =>
        _live.Values.Where(part => part.IsPartOf(work)).OrderBy(part => part.Id);

    /// <summary>Ends one tool call of a session alone.</summary>
    /// <returns>Whether it still ran.</returns>
    internal bool StopCall(string sessionId, string callId)
    {
        var call = _live.Values.FirstOrDefault(work => work.SessionId == sessionId && work.CallId == callId);
        call?.Stop();
        return call is not null;
    }

    internal TimeProvider Time => time;
}
