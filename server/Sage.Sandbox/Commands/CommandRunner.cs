using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Supervision;
using Sage.Sandbox.Supervision.Streams;

namespace Sage.Sandbox.Commands;

/// <summary>Starts shell commands so that nothing they start outlives them or us.</summary>
public sealed class CommandRunner : IDisposable
{
    // Whoever was killed together with us has had its time by then, and start-up is over.
    private static readonly TimeSpan CleanUpDelay = TimeSpan.FromSeconds(10);

    private readonly SupervisorLaunch _launch;
    private readonly EnvironmentScrub _scrub;
    private readonly TimeProvider _time;
    private readonly ITimer _cleanUp;

    public CommandRunner(SupervisorLaunch launch, EnvironmentScrub scrub, TimeProvider time)
    {
        (_launch, _scrub, _time) = (launch, scrub, time);
        _cleanUp = time.CreateTimer(static _ => EndAbandoned(), null, CleanUpDelay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>For tests: an older kernel than there is.</summary>
    internal KernelFeatures? Pretended { get; init; }

    public void Dispose() => _cleanUp.Dispose();

    /// <summary>Starts a command in the user's shell.</summary>
    /// <param name="spec">What to run, and where.</param>
    /// <param name="output">
    /// Gets its output, both streams in the order in which they were written. While it has not returned, no more is read.
    /// </param>
    /// <exception cref="CommandStartException">No such folder, no shell, no supervisor.</exception>
    public async Task<RunningCommand> StartAsync(CommandSpec spec, Func<string, ValueTask> output)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var (_, running) = await StartAsync(spec, new CommandSink(output));
        return running;
    }

    /// <summary>Starts a program that is talked to through its input and output; the end of its input ends it, too.</summary>
    /// <param name="spec">What to run, and where.</param>
    /// <param name="errors">Gets what it says on its error stream. Must not block.</param>
    /// <exception cref="CommandStartException">No such folder, no shell, no supervisor.</exception>
    public async Task<PipedCommand> StartPipedAsync(CommandSpec spec, Action<string> errors)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(errors);
        var (streams, running) = await StartAsync(spec, new CommandSink(Output: null, errors));
        return new PipedCommand(running, streams!.Value.Input, streams.Value.Output);
    }

    private async Task<((Stream Input, Stream Output)? Streams, RunningCommand Running)> StartAsync(
        CommandSpec spec,
        CommandSink sink
    )
    {
        var startedAt = _time.GetTimestamp();
        var mark = CommandMark.Next();
        var absent = spec.Walls?.Protected.Where(path => !Path.Exists(path)).ToList() ?? [];
        var process = await LaunchAsync(spec, sink, mark);
        // Before it can end: streams that were asked for stay open until they were read.
        (Stream, Stream)? streams = sink.IsPiped
            ? (process.StandardInput.BaseStream, process.StandardOutput.BaseStream)
            : null;
        return (streams, await SupervisedCommand.AttachAsync(process, mark, absent, sink, startedAt, _time));
    }

    private Task<Process> LaunchAsync(CommandSpec spec, CommandSink sink, CommandMark mark)
    {
        var start = Supervised(spec, sink);
        start.WorkingDirectory = spec.WorkingDirectory;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardErrorEncoding = Encoding.UTF8;
        start.CreateNoWindow = true;
        _scrub.Apply(start.Environment);
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[CommandMark.Variable] = mark.ToString();
        return LaunchThread.Shared.StartAsync(start);
    }

    private ProcessStartInfo Supervised(CommandSpec spec, CommandSink sink) =>
        new(
            _launch.Executable,
            [
                .. _launch.Arguments,
                .. sink.IsPiped ? [Supervisor.Piped] : Array.Empty<string>(),
                Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
                UserShell.Current,
                spec.Command,
                .. spec.Walls is { } walls ? [new WallRequest(walls, Pretended).ToString()] : Array.Empty<string>(),
            ]
        );

    private static void EndAbandoned()
    {
        if (OperatingSystem.IsLinux())
        {
            OrphanedCommands.EndAbandoned();
        }
    }
}
