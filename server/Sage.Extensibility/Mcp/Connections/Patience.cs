namespace Sage.Extensibility.Mcp.Connections;

/// <summary>How long a server may take to be ready; a user who signs in meanwhile is not counted.</summary>
internal sealed class Patience : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _most;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private bool _isDisposed;

    /// <param name="most">From now on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="closing">Ends it as well.</param>
    public Patience(TimeSpan most, TimeProvider time, CancellationToken closing)
    {
        _most = most;
        _timer = new CancellationTokenSource(most, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(closing, _timer.Token);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>True when it took too long.</summary>
    public bool IsOver => _timer.IsCancellationRequested;

    /// <summary>Does not count until the result is disposed, and then begins anew.</summary>
    public IDisposable Pause()
    {
        Set(Timeout.InfiniteTimeSpan);
        return new Paused(this);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _either.Dispose();
            _timer.Dispose();
        }
    }

    // Long after the start a server can want to be signed in to anew.
    private void Set(TimeSpan wait)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _timer.CancelAfter(wait);
            }
        }
    }

    private sealed class Paused(Patience patience) : IDisposable
    {
        public void Dispose() => patience.Set(patience._most);
    }
}
