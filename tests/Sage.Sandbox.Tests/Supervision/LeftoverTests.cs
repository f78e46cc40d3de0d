using System.Diagnostics;
using Sage.Sandbox.Commands;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Supervision;

public sealed class LeftoverTests
{
    [Theory]
    [InlineData("SLEEP & STARTED", 1)]
    [InlineData("SLEEP & STARTED; SLEEP & STARTED", 2)]
    [InlineData("nohup SLEEP >/dev/null 2>&1 & STARTED", 1)]
    [InlineData("setsid SLEEP & STARTED", 1)]
    public async Task What_a_command_leaves_behind_is_ended_and_reported(string command, int sleeps)
    {
        var marker = new Marker();
        // A process that was only just forked would still bear its parent's name.
        command = command.Replace(
            "STARTED",
            "until grep -qs sleep /proc/$!/comm; do :; done",
            StringComparison.Ordinal
        );

        var (exit, _) = await CommandProbe.RunAsync(marker.InPlace(command));

        Assert.Equal(0, marker.CountAlive());
        Assert.Equal(0, exit.ExitCode);
        Assert.Equal(sleeps, exit.Ended.Count(ended => ended.Name == "sleep"));
        Assert.All(exit.Ended, ended => Assert.Equal(EndedHow.Terminated, ended.How));
    }

    [Theory]
    [MemberData(nameof(Escapes.Leaving), MemberType = typeof(Escapes))]
    public async Task Nothing_escapes_the_end_of_its_shell(string command)
    {
        var marker = new Marker();

        var (exit, _) = await CommandProbe.RunAsync(marker.InPlace(command));

        Assert.Equal(0, marker.CountAlive());
        Assert.Equal(0, exit.ExitCode);
        Assert.NotEmpty(exit.Ended);
        Assert.DoesNotContain(exit.Ended, ended => ended.How == EndedHow.Survived);
    }

    [Fact]
    public async Task What_finishes_by_itself_right_after_its_shell_is_left_alone()
    {
        // A busy machine may need longer than the moment it is given; it does not every time.
        for (var attempt = 1; ; attempt++)
        {
            var (exit, output) = await CommandProbe.RunAsync("(sleep 0.02; echo late) & echo early");
            if (exit.Ended.IsEmpty || attempt == 10)
            {
                Assert.Equal("early\nlate\n", output);
                Assert.Empty(exit.Ended);
                return;
            }
        }
    }

    [Fact]
    public async Task A_child_that_holds_the_pipe_does_not_hold_up_the_end()
    {
        var marker = new Marker();
        var watch = Stopwatch.StartNew();

        var (exit, output) = await CommandProbe.RunAsync($"(trap '' TERM; {marker.Sleep}; true) & echo done");

        Assert.Equal("done\n", output);
        Assert.Equal(0, marker.CountAlive());
        Assert.Contains(exit.Ended, ended => ended.How == EndedHow.Killed);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task A_command_that_signals_its_own_group_does_not_hit_its_supervisor()
    {
        var (exit, output) = await CommandProbe.RunAsync("echo before; kill 0; sleep 1");

        Assert.Equal("before\n", output);
        Assert.Equal(15, exit.Signal);
        Assert.Empty(exit.Ended);
    }
}
