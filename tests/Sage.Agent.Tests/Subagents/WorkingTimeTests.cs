using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Subagents;

namespace Sage.Agent.Tests.Subagents;

public sealed class WorkingTimeTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkingTime _working;

    public WorkingTimeTests() => _working = new WorkingTime(TimeSpan.FromMinutes(10), _time);

    public void Dispose() => _working.Dispose();

    [Fact]
    public void It_is_over_after_its_limit()
    {
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.False(_working.Over.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_working.Over.IsCancellationRequested);
    }

    [Fact]
    public void Pauses_that_lie_over_each_other_count_once()
    {
        _time.Advance(TimeSpan.FromMinutes(4));
        var first = _working.Pause();
        _time.Advance(TimeSpan.FromMinutes(20));
        var second = _working.Pause();
        first.Dispose();
        first.Dispose();
        _time.Advance(TimeSpan.FromMinutes(20));
        second.Dispose();
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(_working.Over.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_working.Over.IsCancellationRequested);
    }

    [Fact]
    public void A_pause_that_ends_after_it_does_nothing()
    {
        var pause = _working.Pause();
        _working.Dispose();
        pause.Dispose();
    }
}
