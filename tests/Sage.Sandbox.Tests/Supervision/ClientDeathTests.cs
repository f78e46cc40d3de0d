using System.Diagnostics;
using System.Runtime.Versioning;
using Sage.Sandbox.Supervision;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Supervision;

[SupportedOSPlatform("linux")]
public sealed class ClientDeathTests
{
    [Fact]
    public async Task When_the_client_is_killed_everything_it_started_ends()
    {
        var marker = new Marker();
        var commands = Escapes.All.Select(row => marker.InPlace((string)row[0])).ToArray();
        using var client = await StartClientAsync(commands);
        await marker.WaitForSleepsAsync(Escapes.All.Sum(row => (int)row[1]));

        client.Kill();

        await marker.WaitForNoneAsync();
    }

    [Fact]
    public async Task When_the_client_of_fifty_is_killed_all_fifty_end()
    {
        var marker = new Marker();
        var command = marker.InPlace("(setsid sh -c 'SLEEP & SLEEP' &); SLEEP");
        using var client = await StartClientAsync([.. Enumerable.Repeat(command, 50)]);
        await marker.WaitForSleepsAsync(150);

        client.Kill();

        await marker.WaitForNoneAsync();
    }

    [Fact]
    public async Task A_supervisor_that_is_told_to_end_takes_its_tree_along()
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync(marker.InPlace("(setsid SLEEP &); echo $PPID ready; SLEEP"));
        await probe.Ready;
        await marker.WaitForSleepsAsync(2);

        await SignalAsync("-TERM", SupervisorOf(probe));

        var exit = await probe.Command.Completion;
        Assert.Equal(0, marker.CountAlive());
        Assert.Equal(15, exit.Signal);
    }

    [Theory]
    [MemberData(nameof(Escapes.All), MemberType = typeof(Escapes))]
    public async Task When_the_supervisor_itself_is_killed_its_client_ends_the_rest(string command, int sleeps)
    {
        var marker = new Marker();
        var probe = await CommandProbe.StartAsync("echo $PPID ready; " + marker.InPlace(command));
        await probe.Ready;
        await marker.WaitForSleepsAsync(sleeps);

        await SignalAsync("-KILL", SupervisorOf(probe));

        var exit = await probe.Command.Completion;
        await marker.WaitForNoneAsync();
        Assert.Null(exit.ExitCode);
    }

    [Fact]
    public async Task A_killed_supervisor_takes_its_shell_along_even_without_a_client()
    {
        var marker = new Marker();
        var folder = Directory.CreateTempSubdirectory().FullName;
        using var client = await StartClientAsync($"echo $PPID > {folder}/pid; exec {marker.Sleep}");
        await marker.WaitForSleepsAsync(1);
        var supervisor = (await File.ReadAllTextAsync($"{folder}/pid")).Trim();

        await SignalAsync("-STOP", $"{client.Id}");
        await SignalAsync("-KILL", supervisor);

        // Nobody is left but the kernel: the client is suspended.
        await marker.WaitForNoSleepsAsync();
        client.Kill();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_is_left_when_client_and_supervisor_were_both_killed_is_ended_by_the_next_client()
    {
        var marker = new Marker();
        var folder = Directory.CreateTempSubdirectory().FullName;
        using var client = await StartClientAsync(
            $"echo $PPID > {folder}/pid; " + marker.InPlace("(setsid sh -c 'SLEEP & SLEEP' &); SLEEP; true")
        );
        await marker.WaitForSleepsAsync(3);
        Assert.DoesNotContain(OrphanedCommands.EndAbandoned(), ended => ended.Name == "sleep");
        Assert.Equal(3, marker.CountSleeping());

        await SignalAsync("-STOP", $"{client.Id}");
        await SignalAsync("-KILL", (await File.ReadAllTextAsync($"{folder}/pid")).Trim());
        client.Kill();
        await client.WaitForExitAsync();
        Assert.Equal(3, marker.CountSleeping());
        OrphanedCommands.EndAbandoned();

        await marker.WaitForNoneAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string SupervisorOf(CommandProbe probe) => probe.Output.Split(' ')[0];

    private static async Task SignalAsync(string signal, string pid)
    {
        using var kill = Process.Start("kill", [signal, pid]);
        await kill.WaitForExitAsync();
    }

    private static async Task<Process> StartClientAsync(params string[] commands)
    {
        var launch = TestSupervisor.Client;
        var start = new ProcessStartInfo(launch.Executable, [.. launch.Arguments, .. commands])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var client = Process.Start(start)!;
        Assert.Equal("running", await client.StandardOutput.ReadLineAsync());
        return client;
    }
}
