using System.Collections.Immutable;
using System.Threading.Channels;
using Sage.Agent.Runtime;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>
/// The proof of stop: what was running when the turn was cancelled, how each thing ended, and when. The client sees the tree
/// at once, and then each thing going quiet.
/// </summary>
internal sealed class StopReport
{
    private readonly WorkTree _tree;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    // As many events as there are things that run.
    private readonly Channel<TransientEvent> _events = Channel.CreateUnbounded<TransientEvent>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Task _publishing;
    private long? _begunAt;

    /// <param name="tree">Where the turn stands.</param>
    /// <param name="sessionId">Whose turn it is.</param>
    /// <param name="turnId">For people who look at what runs.</param>
    /// <param name="time">Measures from the stop to each end.</param>
    /// <param name="publish">Sends an event to the client.</param>
    public StopReport(
        WorkTree tree,
        string sessionId,
        string turnId,
        TimeProvider time,
        Func<TransientEvent, ValueTask> publish
    )
    {
        (_tree, _time) = (tree, time);
        Turn = tree.Start(WorkKind.Turn, $"Turn {turnId}", sessionId);
        Turn.Ended = OnEnded;
        _publishing = PublishAsync(publish);
    }

    /// <summary>The turn; its parts are what a stop ends.</summary>
    public Work Turn { get; }

    /// <summary>Call once, when the cancel arrives and before anything is told to stop.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _begunAt = _time.GetTimestamp();
            var parts = _tree.PartsOf(Turn).ToArray();
            foreach (var part in parts)
            {
                part.State = WorkState.Stopping;
            }

            _events.Writer.TryWrite(new Stopping([.. parts.Select(part => part.Describe())]));
        }
    }

    /// <summary>One process or request that a tool had started and ended.</summary>
    public void Add(Work owner, StoppedWork part)
    {
        lock (_gate)
        {
            _entries.Add(new Entry(null, owner.Id, part));
            _events.Writer.TryWrite(new WorkStopped(part.What, part.How, part.Ms, null, owner.Id));
        }
    }

    /// <summary>The turn is over. Everything that was stopped, each thing in what it was a part of; null when nothing was.</summary>
    public async Task<ImmutableArray<StoppedWork>?> FinishAsync()
    {
        Turn.Ended = null;
        Turn.Dispose();
        _events.Writer.TryComplete();
        await _publishing;
        lock (_gate)
        {
            var top = _entries.Where(entry => !_entries.Exists(other => other.Id == entry.ParentId));
            return _entries.Count == 0 ? null : [.. top.Select(Whole)];
        }
    }

    private StoppedWork Whole(Entry entry)
    {
        var parts = _entries.Where(part => part.ParentId == entry.Id).Select(Whole).ToImmutableArray();
        return parts.IsEmpty ? entry.Stopped : entry.Stopped with { Parts = parts };
    }

    private void OnEnded(Work work)
    {
        lock (_gate)
        {
            // What became of the processes is known better to the tool that ran them.
            if (_begunAt is not { } begunAt || work.Kind == WorkKind.Process)
            {
                return;
            }

            var stopped = new StoppedWork(work.What, work.How, (long)_time.GetElapsedTime(begunAt).TotalMilliseconds);
            _entries.Add(new Entry(work.Id, work.Parent?.Id, stopped));
            _events.Writer.TryWrite(new WorkStopped(stopped.What, stopped.How, stopped.Ms, work.Id, work.Parent?.Id));
        }
    }

    private async Task PublishAsync(Func<TransientEvent, ValueTask> publish)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync())
        {
            await publish(happened);
        }
    }

    private sealed record Entry(long? Id, long? ParentId, StoppedWork Stopped);
}
