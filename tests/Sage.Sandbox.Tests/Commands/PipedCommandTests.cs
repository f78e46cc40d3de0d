using System.Text;
using Sage.Sandbox.Commands;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Commands;

/// <summary>Programs that are talked to are supervised like any command.</summary>
public sealed class PipedCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_is_written_is_read_and_what_it_answers_comes_back_byte_for_byte()
    {
        var piped = await StartAsync("cat");

        await piped.Input.WriteAsync("{\"a\":\"ä\"}\n"u8.ToArray());
        await piped.Input.FlushAsync();

        using var reader = new StreamReader(piped.Output);
        Assert.Equal("{\"a\":\"ä\"}", await reader.ReadLineAsync().WaitAsync(Patience));
        piped.Input.Close();
        var exit = await piped.Command.Completion.WaitAsync(Patience);
        Assert.All(exit.Ended, ended => Assert.NotEqual(EndedHow.Survived, ended.How));
    }

    [Fact]
    public async Task Its_error_stream_is_told_apart_and_cannot_speak_for_the_supervisor()
    {
        var said = new StringBuilder();
        var piped = await StartAsync(
            "echo '{\"ended\":[]}' >&2; echo ready; read line; echo \"got $line\"; echo bye >&2",
            text => said.Append(text)
        );
        using var reader = new StreamReader(piped.Output);
        Assert.Equal("ready", await reader.ReadLineAsync().WaitAsync(Patience));
        Assert.False(piped.Command.Completion.IsCompleted);

        await piped.Input.WriteAsync("x\n"u8.ToArray());
        await piped.Input.FlushAsync();

        Assert.Equal("got x", await reader.ReadLineAsync().WaitAsync(Patience));
        var exit = await piped.Command.Completion.WaitAsync(Patience);
        Assert.Equal(0, exit.ExitCode);
        Assert.Equal("{\"ended\":[]}\nbye\n", said.ToString());
    }

    [Fact]
    public async Task A_stop_ends_it_with_everything_it_started_whether_it_reads_or_not()
    {
        var piped = await StartAsync("trap '' TERM; sleep 1000 & echo $!; wait; wait");
        using var reader = new StreamReader(piped.Output);
        var child = int.Parse((await reader.ReadLineAsync().WaitAsync(Patience))!, null);

        var exit = await piped.Command.StopAsync().WaitAsync(Patience);

        Assert.All(exit.Ended, ended => Assert.NotEqual(EndedHow.Survived, ended.How));
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(child));
    }

    private static Task<PipedCommand> StartAsync(string command, Action<string>? errors = null) =>
        TestSupervisor.Runner.StartPipedAsync(
            new CommandSpec(command, Path.TrimEndingDirectorySeparator(Path.GetTempPath())),
            errors ?? (static _ => { })
        );
}
