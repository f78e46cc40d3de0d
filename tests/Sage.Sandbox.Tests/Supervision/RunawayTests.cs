using Sage.Sandbox.Commands;
using Sage.Sandbox.Supervision;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Supervision;

/// <summary>Trees that keep making new processes while they are ended.</summary>
public sealed class RunawayTests
{
    [Fact]
    public async Task A_tree_that_keeps_forking_leaves_nothing_behind()
    {
        var marker = new Marker();
        // Each sleeper is in a session of its own and ignores the request; the loop makes them until it is killed.
        var probe = await CommandProbe.StartAsync(
            $"trap '' TERM; while :; do setsid {marker.Sleep} & sleep 0.01; done"
        );
        await marker.WaitForSleepsAsync(20);

        var exits = await Task.WhenAll(probe.Command.StopAsync(), probe.Command.StopAsync());

        Assert.Equal(0, marker.CountAlive());
        Assert.DoesNotContain(exits[0].Ended, ended => ended.How == EndedHow.Survived);
    }

    [Fact]
    public async Task A_chain_of_processes_that_each_start_the_next_and_go_is_caught()
    {
        var marker = new Marker();
        // Never more than two alive, each for less than a millisecond and in a group of its own: a list of processes is
        // old before it is read to its end.
        const string chain = "my $end = time + 60; while (time < $end) { exit if fork; setpgrp }";
        var probe = await CommandProbe.StartAsync(
            $"trap '' TERM; echo ready; perl -e '{chain}' {marker.Sleep}; sleep 300"
        );
        await probe.Ready;

        var asked = TimeProvider.System.GetTimestamp();
        var exits = await Task.WhenAll(probe.Command.StopAsync(), probe.Command.StopAsync());

        Assert.DoesNotContain(exits[0].Ended, ended => ended.How == EndedHow.Survived);
        // Well before the supervisor gives up: only the kernel can say that nothing is left, and it did.
        Assert.True(TimeProvider.System.GetElapsedTime(asked) < StopLadder.Patience / 2);
    }
}
