using System.Diagnostics;
using System.Text;
using Sage.Sandbox.Commands;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Commands;

/// <summary>The fallback of other systems, run on this one.</summary>
public sealed class PlainCommandTests
{
    [Fact]
    public async Task It_tells_output_and_exit_code()
    {
        var output = new StringBuilder();
        var command = Start(
            "echo out; echo err >&2; cat; exit 5",
            text =>
            {
                output.Append(text);
                return ValueTask.CompletedTask;
            }
        );

        var exit = await command.Completion;

        Assert.Equal(5, exit.ExitCode);
        Assert.Contains("out\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("err\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_kills_the_tree()
    {
        var marker = new Marker();
        var command = Start($"sh -c '{marker.Sleep} & wait' & {marker.Sleep}", _ => ValueTask.CompletedTask);
        await marker.WaitForSleepsAsync(2);

        var exit = await command.StopAsync();

        await marker.WaitForNoneAsync();
        Assert.Equal(EndedHow.Killed, Assert.Single(exit.Ended).How);
    }

    [Fact]
    public async Task Stopping_what_has_ended_is_harmless()
    {
        var command = Start("exit 1", _ => ValueTask.CompletedTask);
        await command.Completion;

        var exit = await command.StopAsync();

        Assert.Equal(1, exit.ExitCode);
    }

    [Fact]
    public void Each_shell_gets_the_command_as_it_was_written()
    {
        Assert.Equal(["-c", "echo \"a b\""], PlainCommand.Start("/bin/zsh", "echo \"a b\"").ArgumentList);
        Assert.Equal("/d /s /c \"echo \"a b\"\"", PlainCommand.Start("cmd.exe", "echo \"a b\"").Arguments);
    }

    private static PlainCommand Start(string command, Func<string, ValueTask> output)
    {
        var start = PlainCommand.Start("/bin/sh", command);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new(Process.Start(start)!, output, TimeProvider.System.GetTimestamp(), TimeProvider.System);
    }
}
