using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Sage.Providers.Tests.Streaming;

/// <summary>Time that can jump over a wait as soon as somebody waits.</summary>
internal sealed class SkippableTime() : FakeTimeProvider(DateTimeOffset.Parse("2026-11-22T12:00:00Z"))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a wait of this length begins, then moves to its end.</summary>
    public async Task SkipAsync(TimeSpan wait)
    {
        // Timers count in whole milliseconds.
        while (((await _waits.Reader.ReadAsync()) - wait).Duration() > TimeSpan.FromMilliseconds(1)) { }
        Advance(wait + TimeSpan.FromMilliseconds(2));
    }
}
