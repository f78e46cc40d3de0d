using System.Collections.Immutable;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Supervision;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Commands;

public sealed class CommandRunnerTests
{
    [Theory]
    [InlineData("true", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("sh -c 'kill -9 $$'; exit $?", 137)]
    [InlineData("surely-no-such-command-here", 127)]
    public async Task The_exit_code_is_the_shells(string command, int code)
    {
        var (exit, _) = await CommandProbe.RunAsync(command);

        Assert.Equal((code, null), (exit.ExitCode, exit.Signal));
        Assert.True(exit.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_signal_that_ends_the_shell_is_told()
    {
        var (exit, _) = await CommandProbe.RunAsync("kill -SEGV $$");

        Assert.Equal((null, 11), (exit.ExitCode, exit.Signal));
        Assert.Equal("ended by SIGSEGV", exit.Description);
    }

    [Fact]
    public async Task Both_streams_come_in_the_order_of_writing()
    {
        var (_, output) = await CommandProbe.RunAsync("for i in 1 2 3 4 5; do echo out $i; echo err $i >&2; done");

        Assert.Equal(string.Concat(Enumerable.Range(1, 5).Select(i => $"out {i}\nerr {i}\n")), output);
    }

    [Fact]
    public async Task Large_output_arrives_whole()
    {
        var length = 0;
        var command = await TestSupervisor.Runner.StartAsync(
            new("head -c 5000000 /dev/zero | tr '\\0' x", Path.GetTempPath()),
            text =>
            {
                length += text.Length;
                return ValueTask.CompletedTask;
            }
        );

        await command.Completion;

        Assert.Equal(5_000_000, length);
    }

    [Fact]
    public async Task A_character_that_is_written_in_two_halves_arrives_as_one()
    {
        var (_, output) = await CommandProbe.RunAsync("printf '\\303'; sleep 0.1; printf '\\244|\\377|'");

        Assert.Equal("ä|\uFFFD|", output);
    }

    [Fact]
    public async Task There_is_no_input_to_wait_for()
    {
        var (exit, output) = await CommandProbe.RunAsync(
            "cat; read line || echo nothing to read; (exec < /dev/tty) || true"
        );

        Assert.StartsWith("nothing to read\n", output, StringComparison.Ordinal);
        Assert.Equal(0, exit.ExitCode);
    }

    [Fact]
    public async Task A_writer_whose_reader_has_gone_ends_quietly()
    {
        var (_, output) = await CommandProbe.RunAsync("(yes; echo $? >&2) | head -1");

        // Two processes write here, and either may be the first.
        Assert.Equal(["", "141", "y"], output.Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_runs_in_its_folder_with_its_variables_and_without_keys()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        Environment.SetEnvironmentVariable("SAGE_TEST_SECRET", "leaked");
        var spec = new CommandSpec(
            "pwd; echo $GREETING; echo \"[$SAGE_TEST_SECRET]\"; tr '\\0' '\\n' < /proc/$PPID/environ",
            folder
        )
        {
            Environment = new Dictionary<string, string> { ["GREETING"] = "hello" }.ToImmutableDictionary(),
        };

        var probe = await CommandProbe.StartAsync(spec);
        await probe.Command.Completion;

        Assert.StartsWith($"{folder}\nhello\n[]\n", probe.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("leaked", probe.Output, StringComparison.Ordinal);
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Eight_at_once_overlap()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        // Each waits until all eight have started: were one to wait for another's end, none would finish.
        const string meet = "touch $$; while [ $(ls | wc -l) -lt 8 ]; do sleep 0.02; done";

        var commands = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => CommandProbe.StartAsync(new CommandSpec(meet, folder)))
        );
        var exits = await Task.WhenAll(commands.Select(probe => probe.Command.Completion))
            .WaitAsync(TimeSpan.FromSeconds(60));

        Assert.All(exits, exit => Assert.Equal(0, exit.ExitCode));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        var exception = await Assert.ThrowsAsync<CommandStartException>(() =>
            TestSupervisor.Runner.StartAsync(new("true", "/no/such/folder"), _ => ValueTask.CompletedTask)
        );

        Assert.Contains("/no/such/folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_supervisor_is_named()
    {
        var runner = new CommandRunner(new("/no/such/sage", []), EnvironmentScrub.Default, TimeProvider.System);

        var exception = await Assert.ThrowsAsync<CommandStartException>(() =>
            runner.StartAsync(new("true", Path.GetTempPath()), _ => ValueTask.CompletedTask)
        );

        Assert.Contains("/no/such/sage", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_executable_that_is_no_supervisor_is_said_to_have_ended()
    {
        var runner = new CommandRunner(new("/bin/true", []), EnvironmentScrub.Default, TimeProvider.System);

        var exception = await Assert.ThrowsAsync<CommandStartException>(() =>
            runner.StartAsync(new("true", Path.GetTempPath()), _ => ValueTask.CompletedTask)
        );

        Assert.Contains("supervisor ended", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_whose_output_cannot_be_taken_is_stopped()
    {
        var command = await TestSupervisor.Runner.StartAsync(
            new("yes", Path.GetTempPath()),
            _ => throw new IOException("full")
        );

        await Assert.ThrowsAsync<IOException>(() => command.Completion);
    }

    [Theory]
    [InlineData()]
    [InlineData("1", "/bin/sh")]
    [InlineData("one", "/bin/sh", "true")]
    public void A_supervisor_without_its_arguments_refuses(params string[] args) =>
        Assert.Equal(2, Supervisor.Run(args));
}
