using System.Diagnostics;
using Sage.Protocol.Runtime;

namespace Sage.Agent.Runtime;

/// <summary>One thing that runs: a turn, a model request, a tool call, a process. It ends when it is disposed.</summary>
public sealed class Work : IDisposable
{
    private readonly WorkTree _tree;
    private readonly long _started;
    private volatile WorkState _state;
    private volatile CancellationTokenSource? _stop;
    private volatile bool _isStopped;

    internal Work(WorkTree tree, long id, WorkKind kind, string what, string? sessionId, Work? parent)
    {
        (_tree, Id, Kind, What, SessionId, Parent) = (tree, id, kind, what, sessionId, parent);
        _started = tree.Time.GetTimestamp();
        Ended = parent?.Ended;
        Span = Telemetry.Begin(kind, parent?.Span);
    }

    public long Id { get; }

    public WorkKind Kind { get; }

    /// <summary>For people.</summary>
    public string What { get; internal set; }

    public string? SessionId { get; }

    public Work? Parent { get; }

    /// <summary>The tool call that it is.</summary>
    public string? CallId { get; internal set; }

    /// <summary>The operating system's process that it is.</summary>
    public int? Pid { get; private set; }

    /// <summary>What it does, or waits for. What was told to stop stays so.</summary>
    public WorkState State
    {
        get => _state;
        set => _state = _state == WorkState.Stopping ? WorkState.Stopping : value;
    }

    /// <summary>How it ended, for the proof of stop.</summary>
    public string How { get; set; } = "finished";

    /// <summary>Called once when it, or a part of it that is started later, has ended. Parts inherit it.</summary>
    internal Action<Work>? Ended { get; set; }

    /// <summary>A part of it. Dispose it when it has ended.</summary>
    public Work Start(WorkKind kind, string what) => _tree.Start(kind, what, SessionId, this);

    /// <summary>A process of the operating system that was started for it. Dispose it when that is gone.</summary>
    public Work StartProcess(int pid, string what)
    {
        var process = Start(WorkKind.Process, what);
        process.Pid = pid;
        process.Span?.SetTag("process.pid", pid);
        return process;
    }

    /// <summary>Lets it be ended alone.</summary>
    /// <param name="around">Ends it as well: that of what it is a part of.</param>
    internal CancellationToken Stoppable(CancellationToken around)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(around);
        _stop = stop;
        // Who was quicker than its start is not forgotten.
        if (_isStopped)
        {
            stop.Cancel();
        }

        return stop.Token;
    }

    /// <summary>Ends it alone, where it can be. Harmless when it has ended.</summary>
    internal void Stop()
    {
        _isStopped = true;
        try
        {
            _stop?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at this moment.
        }
    }

    /// <summary>Its span; null when nobody listens.</summary>
    internal Activity? Span { get; }

    internal TimeSpan Age => _tree.Time.GetElapsedTime(_started);

    public bool IsPartOf(Work work) => Parent is { } parent && (parent == work || parent.IsPartOf(work));

    public void Dispose()
    {
        if (_tree.Remove(this))
        {
            _stop?.Dispose();
            Telemetry.End(Kind, Span);
            Ended?.Invoke(this);
        }
    }

    internal RunningWork Describe() =>
        new(Id, Kind, What, State, (long)Age.TotalMilliseconds, Parent?.Id, SessionId, CallId, Pid);
}
