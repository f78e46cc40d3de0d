using Sage.Sandbox.Commands;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Supervision;

public sealed class StopTests
{
    // SLEEP becomes a marked `sleep 300…`; the number says how many of them are alive when the stop comes.
    [Theory]
    [InlineData("SLEEP", 1)]
    [InlineData("SLEEP; true", 1)]
    [InlineData("(SLEEP &); SLEEP", 2)]
    [InlineData("(setsid sh -c 'SLEEP & SLEEP' &); SLEEP", 3)]
    [InlineData("(setsid setsid sh -c '(setsid sh -c \"SLEEP & SLEEP\" &) ; SLEEP' &); SLEEP", 4)]
    [InlineData("sh -c '(SLEEP & SLEEP) & SLEEP' & wait", 3)]
    [InlineData("SLEEP | SLEEP | SLEEP", 3)]
    public async Task Whatever_a_command_started_is_gone_when_the_stop_returns(string command, int alive)
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync(marker.InPlace(command));
        await marker.WaitForSleepsAsync(alive);

        var exit = await probe.Command.StopAsync();

        Assert.Equal(0, marker.CountAlive());
        Assert.True(exit.Ended.Count(ended => ended.Name == "sleep") >= alive, string.Join('\n', exit.Ended));
        Assert.DoesNotContain(exit.Ended, ended => ended.How == EndedHow.Survived);
    }

    [Theory]
    [MemberData(nameof(Escapes.All), MemberType = typeof(Escapes))]
    public async Task Nothing_escapes_a_stop(string command, int sleeps)
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync(marker.InPlace(command));
        await marker.WaitForSleepsAsync(sleeps);

        var exit = await probe.Command.StopAsync();

        Assert.Equal(0, marker.CountAlive());
        Assert.DoesNotContain(exit.Ended, ended => ended.How == EndedHow.Survived);
    }

    [Fact]
    public async Task A_command_that_ignores_the_request_is_killed_after_the_grace()
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync($"trap '' TERM; echo ready; {marker.Sleep}; {marker.Sleep}");
        await probe.Ready;
        await marker.WaitForSleepsAsync(1);

        // From the request: on a busy machine the first signal, from which each process is timed, goes out later.
        var asked = TimeProvider.System.GetTimestamp();
        var exit = await probe.Command.StopAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds, 1_900, 10_000);
        Assert.Equal(0, marker.CountAlive());
        Assert.Equal(9, exit.Signal);
        Assert.Equal(EndedHow.Killed, exit.Ended.Single(ended => ended.Pid == probe.Command.Pid).How);
    }

    [Fact]
    public async Task A_second_stop_kills_at_once()
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync($"trap '' TERM; echo ready; {marker.Sleep}; {marker.Sleep}");
        await probe.Ready;

        var exits = await Task.WhenAll(probe.Command.StopAsync(), probe.Command.StopAsync());

        Assert.Equal(0, marker.CountAlive());
        Assert.InRange(exits[0].Ended.Max(ended => ended.Ms), 0, 1_900);
    }

    [Fact]
    public async Task A_command_may_clean_up_before_it_goes()
    {
        var probe = await CommandProbe.StartAsync(
            "trap 'sleep 0.3; echo cleaned up; exit 7' TERM; echo ready; while :; do sleep 0.05; done"
        );
        await probe.Ready;

        var exit = await probe.Command.StopAsync();

        Assert.Contains("cleaned up", probe.Output, StringComparison.Ordinal);
        Assert.Equal(7, exit.ExitCode);
    }

    [Fact]
    public async Task A_suspended_process_is_stopped_too()
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync(
            $"sh -c 'kill -STOP $$; {marker.Sleep}' & echo ready; {marker.Sleep}"
        );
        await probe.Ready;

        var exit = await probe.Command.StopAsync();

        Assert.Equal(0, marker.CountAlive());
        Assert.All(exit.Ended, ended => Assert.Equal(EndedHow.Terminated, ended.How));
    }

    [Fact]
    public async Task Stopping_what_has_ended_is_harmless()
    {
        var probe = await CommandProbe.StartAsync("exit 4");
        await probe.Command.Completion;

        var exit = await probe.Command.StopAsync();

        Assert.Equal(4, exit.ExitCode);
        Assert.Empty(exit.Ended);
    }

    [Fact]
    public async Task Fifty_at_once_leave_nothing_behind()
    {
        var marker = new Marker();
        var command = $"(setsid sh -c '{marker.Sleep} & {marker.Sleep}' &); {marker.Sleep}";
        var probes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CommandProbe.StartAsync(command)));
        await marker.WaitForSleepsAsync(150);

        var exits = await Task.WhenAll(probes.Select(probe => probe.Command.StopAsync()));

        Assert.Equal(0, marker.CountAlive());
        Assert.All(exits, exit => Assert.True(exit.Ended.Length >= 3));
    }
}
