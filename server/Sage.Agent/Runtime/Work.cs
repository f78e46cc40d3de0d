using System.Diagnostics;
using Sage.Protocol.Runtime;

namespace Sage.Agent.Runtime;

/// <summary>One thing that runs: a turn, a model request, a tool call, a process. It ends when it is disposed.</summary>
public sealed class Work : IDisposable
{
    private readonly WorkTree _tree;
    private readonly long _started;
    private volatile WorkState _state;

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

    /// <summary>Its span; null when nobody listens.</summary>
    internal Activity? Span { get; }

    internal TimeSpan Age => _tree.Time.GetElapsedTime(_started);

    public bool IsPartOf(Work work) => Parent is { } parent && (parent == work || parent.IsPartOf(work));

    public void Dispose()
    {
        if (_tree.Remove(this))
        {
            Telemetry.End(Kind, Span);
            Ended?.Invoke(this);
        }
    }

    internal RunningWork Describe() =>
        new(Id, Kind, What, State, (long)Age.TotalMilliseconds, Parent?.Id, SessionId, CallId, Pid);
}
