using System.Text;
using Sage.Protocol.Events;

namespace Sage.Agent.BackgroundWork;

/// <summary>One piece of background work as the session knows it.</summary>
public sealed class BackgroundTask
{
    /// <summary>UTF-16 code units of output that are kept for people who look later.</summary>
    public const int TailLength = 64 * 1024;

    private readonly Func<TransientEvent, ValueTask> _stream;
    private readonly StringBuilder _tail = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile BackgroundEnded? _end;
    private long _shown;

    internal BackgroundTask(
        string id,
        string callId,
        string title,
        DateTimeOffset startedAt,
        IBackgroundWork work,
        Func<TransientEvent, ValueTask> stream
    )
    {
        (Id, CallId, Title, StartedAt, Work, _stream) = (id, callId, title, startedAt, work, stream);
    }

    /// <summary>Unique in the session.</summary>
    public string Id { get; }

    /// <summary>The call that started it.</summary>
    public string CallId { get; }

    /// <summary>One line for people: the command.</summary>
    public string Title { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>What it does.</summary>
    public IBackgroundWork Work { get; }

    /// <summary>Null while it runs.</summary>
    public BackgroundEnded? End
    {
        get => _end;
        internal set => _end = value;
    }

    /// <summary>Completes when its end is recorded.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Who asked it to end, if anybody did.</summary>
    internal BackgroundEndHow? StopReason { get; set; }

    /// <summary>The end of its output, and where that starts.</summary>
    public (long Offset, string Text) Tail
    {
        get
        {
            lock (_gate)
            {
                return (_shown - _tail.Length, _tail.ToString());
            }
        }
    }

    internal void MarkEndRecorded() => _ended.TrySetResult();

    /// <summary>Shows people a piece of its output. Not for several threads at once.</summary>
    public ValueTask ShowAsync(string text)
    {
        long offset;
        lock (_gate)
        {
            offset = _shown;
            _shown += text.Length;
            _tail.Append(text);
            if (_tail.Length > TailLength)
            {
                _tail.Remove(0, _tail.Length - TailLength);
            }
        }

        return _stream(new BackgroundOutput(Id, offset, text));
    }
}
