using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Sage.Server.Hosting;

namespace Sage.Server.Tests.Hosting;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_parent_that_is_gone_already_ends_the_server_at_once()
    {
        var lifecycle = new ServerLifecycle();
        using var watch = new ParentWatch(new FakeTimeProvider(), lifecycle);
        using var gone = Process.Start(new ProcessStartInfo("true"))!;
        await gone.WaitForExitAsync();

        watch.Watch(gone.Id);

        Assert.Equal(EndReason.ParentDied, await lifecycle.Ended);
    }

    [Fact]
    public async Task A_parent_that_dies_later_ends_the_server_at_the_next_look()
    {
        var time = new FakeTimeProvider();
        var lifecycle = new ServerLifecycle();
        using var watch = new ParentWatch(time, lifecycle);
        using var parent = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        watch.Watch(parent.Id);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(lifecycle.Ended.IsCompleted);

        parent.Kill();
        await parent.WaitForExitAsync();
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(EndReason.ParentDied, await lifecycle.Ended);
    }

    [Theory]
    [InlineData(EndReason.ClientGone, 0)]
    [InlineData(EndReason.ParentDied, 0)]
    [InlineData(EndReason.Signalled, 0)]
    [InlineData(EndReason.BrokenConnection, 1)]
    [InlineData(EndReason.ExitRequested, 1)]
    internal void The_exit_code_tells_an_end_from_a_failure(EndReason reason, int code) =>
        Assert.Equal(code, new ServerLifecycle().ExitCode(reason));

    [Fact]
    public async Task The_first_reason_to_end_wins()
    {
        var lifecycle = new ServerLifecycle();

        lifecycle.End(EndReason.Signalled);
        lifecycle.End(EndReason.ClientGone);

        Assert.Equal(EndReason.Signalled, await lifecycle.Ended);
    }
}
