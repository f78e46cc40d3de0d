using System.Text;

namespace Sage.Tools.Shell.Output;

/// <summary>
/// Passes output on to people while it is made: at once when it is rare, gathered to about thirty pieces a second when it is
/// not, and with gaps that are said when it is more than anybody could read.
/// </summary>
internal sealed class LiveOutput : IAsyncDisposable
{
    /// <summary>Between two pieces.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(33);

    /// <summary>Characters of one piece.</summary>
    public const int LargestPiece = 32 * 1024;

    private readonly Func<string, ValueTask> _sink;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly StringBuilder _pending = new();
    private long _skipped;
    private long? _lastSent;
    private Task _sentByTimer = Task.CompletedTask;

    public LiveOutput(Func<string, ValueTask> sink, TimeProvider time)
    {
        (_sink, _time) = (sink, time);
        _timer = time.CreateTimer(SendFromTimer, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask AddAsync(string text)
    {
        var wait = Append(text);
        if (wait <= TimeSpan.Zero)
        {
            await SendAsync();
        }
        else
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _sentByTimer;
        await SendAsync();
        _oneAtATime.Dispose();
    }

    private TimeSpan Append(string text)
    {
        lock (_pending)
        {
            _pending.Append(text);
            var excess = _pending.Length - LargestPiece;
            if (excess > 0)
            {
                _pending.Remove(0, excess);
                _skipped += excess;
            }

            return _lastSent is { } sent ? Interval - _time.GetElapsedTime(sent) : TimeSpan.Zero;
        }
    }

    private void SendFromTimer(object? state) => _sentByTimer = Task.WhenAll(_sentByTimer, SendAsync());

    private async Task SendAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            if (Take() is { } piece)
            {
                await _sink(piece);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private string? Take()
    {
        lock (_pending)
        {
            if (_pending.Length == 0)
            {
                return null;
            }

            var gap = _skipped > 0 ? $"\n[{_skipped:N0} characters not shown live]\n" : "";
            var piece = gap + _pending;
            _pending.Clear();
            _skipped = 0;
            _lastSent = _time.GetTimestamp();
            return piece;
        }
    }
}
