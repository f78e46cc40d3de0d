namespace Sage.Agent.Subagents;

/// <summary>Ends what takes too long, without the time in which it waits for the user.</summary>
internal sealed class WorkingTime : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long _since;
    private int _pauses;
    private bool _disposed;

    public WorkingTime(TimeSpan limit, TimeProvider time)
    {
        (_time, _left, _since) = (time, limit, time.GetTimestamp());
        _timer = time.CreateTimer(_ => End(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Stands still until the result is disposed; several pauses may lie over each other.</summary>
    public IDisposable Pause()
    {
        lock (_gate)
        {
            if (_pauses++ == 0 && !_disposed)
            {
                var left = _left - _time.GetElapsedTime(_since);
                _left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        return new Pausing(this);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
        _over.Dispose();
    }

    private void GoOn()
    {
        lock (_gate)
        {
            if (--_pauses == 0 && !_disposed)
            {
                _since = _time.GetTimestamp();
                _timer.Change(_left, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void End()
    {
        lock (_gate)
        {
            // A timer that fires at the moment of the question is too late.
            if (_disposed || _pauses > 0)
            {
                return;
            }
        }

        try
        {
            _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was done at this moment.
        }
    }

    private sealed class Pausing(WorkingTime time) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                time.GoOn();
            }
        }
    }
}
