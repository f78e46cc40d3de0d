namespace Sage.Providers.Streaming;

/// <summary>Cancels a request on which nothing has happened for too long.</summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _request;
    private readonly ITimer _timer;
    private long _lastSign;
    private TimeSpan _limit;

    public SilenceWatch(TimeProvider time, TimeSpan limit, CancellationTokenSource request)
    {
        _time = time;
        _limit = limit;
        _request = request;
        _lastSign = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Check(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True when it was the silence that cancelled the request.</summary>
    public bool Fired { get; private set; }

    /// <summary>Something came. Cheap: the timer is not touched, it looks at the time when it fires.</summary>
    public void Sign(TimeSpan nextLimit)
    {
        Volatile.Write(ref _lastSign, _time.GetTimestamp());
        if (nextLimit != _limit)
        {
            _limit = nextLimit;
            _timer.Change(nextLimit, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        var left = _limit - _time.GetElapsedTime(Volatile.Read(ref _lastSign));
        if (left > TimeSpan.Zero)
        {
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            return;
        }
        Fired = true;
        try
        {
            _request.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request ended at this very moment.
        }
    }
}
