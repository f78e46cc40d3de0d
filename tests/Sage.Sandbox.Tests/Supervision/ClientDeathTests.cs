using System.Diagnostics;
using Sage.Sandbox.Commands;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Supervision;

public sealed class ClientDeathTests
{
    [Fact]
    public async Task When_the_client_is_killed_everything_it_started_ends()
    {
        var marker = new Marker();
        using var client = StartClient(
            marker.Sleep,
            $"({marker.Sleep} &); {marker.Sleep}",
            $"(setsid sh -c '{marker.Sleep} & {marker.Sleep}' &); {marker.Sleep}",
            $"trap '' TERM; {marker.Sleep}; {marker.Sleep}"
        );
        Assert.Equal("running", await client.StandardOutput.ReadLineAsync());
        await marker.WaitForSleepsAsync(7);

        client.Kill();

        await marker.WaitForNoneAsync();
    }

    [Fact]
    public async Task A_supervisor_that_is_told_to_end_takes_its_tree_along()
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync($"(setsid {marker.Sleep} &); echo $PPID ready; {marker.Sleep}");
        await probe.Ready;
        await marker.WaitForSleepsAsync(2);

        using (var kill = Process.Start("kill", ["-TERM", SupervisorOf(probe)]))
        {
            await kill.WaitForExitAsync();
        }

        var exit = await probe.Command.Completion;
        Assert.Equal(0, marker.CountAlive());
        Assert.Equal(15, exit.Signal);
    }

    [Fact]
    public async Task When_the_supervisor_itself_is_killed_its_session_is_killed_by_the_client()
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync($"echo $PPID ready; {marker.Sleep} & {marker.Sleep}");
        await probe.Ready;
        await marker.WaitForSleepsAsync(2);

        using (var kill = Process.Start("kill", ["-KILL", SupervisorOf(probe)]))
        {
            await kill.WaitForExitAsync();
        }

        var exit = await probe.Command.Completion;
        await marker.WaitForNoneAsync();
        Assert.Null(exit.ExitCode);
        Assert.Contains(exit.Ended, ended => ended is { Name: "sleep", How: EndedHow.Killed });
    }

    private static string SupervisorOf(CommandProbe probe) => probe.Output.Split(' ')[0];

    private static Process StartClient(params string[] commands)
    {
        var launch = TestSupervisor.Client;
        var start = new ProcessStartInfo(launch.Executable, [.. launch.Arguments, .. commands])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start)!;
    }
}
