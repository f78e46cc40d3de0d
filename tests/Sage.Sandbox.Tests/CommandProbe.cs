using System.Text;
using Sage.Sandbox.Commands;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests;

/// <summary>Runs a command and keeps what it says.</summary>
internal sealed class CommandProbe
{
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningCommand Command { get; private set; } = null!;

    /// <summary>Completes when the command has printed <c>ready</c>.</summary>
    public Task Ready => _ready.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static Task<CommandProbe> StartAsync(string command) =>
        StartAsync(new CommandSpec(command, Path.GetTempPath()));

    public static Task<CommandProbe> StartAsync(CommandSpec spec) => StartAsync(spec, TestSupervisor.Runner);

    public static async Task<CommandProbe> StartAsync(CommandSpec spec, CommandRunner runner)
    {
        var probe = new CommandProbe();
        probe.Command = await runner.StartAsync(spec, probe.Take);
        return probe;
    }

    public static async Task<(CommandExit Exit, string Output)> RunAsync(string command)
    {
        var probe = await StartAsync(command);
        var exit = await probe.Command.Completion;
        return (exit, probe.Output);
    }

    private ValueTask Take(string text)
    {
        lock (_output)
        {
            _output.Append(text);
            if (_output.ToString().Contains("ready", StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }
        }

        return ValueTask.CompletedTask;
    }
}
