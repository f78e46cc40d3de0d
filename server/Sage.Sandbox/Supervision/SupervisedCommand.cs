using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Native;
using Sage.Sandbox.Supervision.Streams;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Supervision;

/// <summary>The client's end of one supervisor.</summary>
internal sealed class SupervisedCommand : RunningCommand
{
    // Longer than the supervisor's own two seconds and five more: only one that was itself stopped or hangs gets here.
    private static readonly TimeSpan SupervisorPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly StreamReader _status;
    private readonly CommandMark _mark;
    private readonly int _supervisor;
    private readonly List<string> _absent;
    private readonly CommandSink _sink;
    private readonly Lock _control = new();
    private bool _controlOpen = true;

    private SupervisedCommand(
        Process process,
        CommandMark mark,
        List<string> absent,
        StatusLine first,
        CommandSink sink,
        long startedAt,
        TimeProvider time
    )
    {
        (_process, _mark, _absent, _startedAt, _time) = (process, mark, absent, startedAt, time);
        (Pid, Walls) = (first.Started!.Value, first.Walls);
        (_status, _supervisor, _sink) = (process.StandardError, process.Id, sink);
        Completion = CompleteAsync();
    }

    public override int Pid { get; }

    public override WallsInForce? Walls { get; }

    public override Task<CommandExit> Completion { get; }

    /// <summary>Takes over a supervisor that was just launched.</summary>
    /// <param name="process">The supervisor.</param>
    /// <param name="mark">The command's.</param>
    /// <param name="absent">Protected paths that do not exist.</param>
    /// <param name="sink">Gets what the command says.</param>
    /// <param name="startedAt">When it was asked for.</param>
    /// <param name="time">Measures.</param>
    /// <exception cref="CommandStartException">The supervisor could not start the shell.</exception>
    public static async Task<RunningCommand> AttachAsync(
        Process process,
        CommandMark mark,
        List<string> absent,
        CommandSink sink,
        long startedAt,
        TimeProvider time
    )
    {
        var first = await ReadFirstStatusAsync(process);
        if (first?.Started is null)
        {
            process.Dispose();
            throw new CommandStartException(first?.Failed ?? "The supervisor ended before it started the command.");
        }

        return new SupervisedCommand(process, mark, absent, first, sink, startedAt, time);
    }

    public override async Task<CommandExit> StopAsync()
    {
        RequestStop();
        try
        {
            return await Completion.WaitAsync(SupervisorPatience, _time);
        }
        catch (TimeoutException)
        {
            // Its status stream ends with it, and CompleteAsync does the rest.
            KillSupervisor();
            return await Completion;
        }
    }

    public override InputWait? FindInputWait() =>
        OperatingSystem.IsLinux() && !Completion.IsCompleted ? InputWait.Find(_supervisor, Pid) : null;

    private void RequestStop()
    {
        lock (_control)
        {
            if (!_controlOpen)
            {
                return;
            }

            if (_sink.IsPiped)
            {
                AskSupervisor();
                return;
            }

            try
            {
                _process.StandardInput.BaseStream.WriteByte((byte)'s');
                _process.StandardInput.BaseStream.Flush();
            }
            catch (IOException)
            {
                // The supervisor has just ended by itself.
            }
        }
    }

    // Its input is the command's. On Windows there is no asking, and the job ends with the supervisor.
    private void AskSupervisor()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
        }
        else if (!_process.HasExited)
        {
            _ = Libc.Kill(_supervisor, PosixConstants.Sigterm);
        }
    }

    private void KillSupervisor()
    {
        lock (_control)
        {
            if (_controlOpen)
            {
                _process.Kill();
            }
        }
    }

    private async Task<CommandExit> CompleteAsync()
    {
        using var abandonOutput = new CancellationTokenSource();
        var pump = _sink.Output is { } output
            ? OutputPump.RunAsync(_process.StandardOutput.BaseStream, output, abandonOutput.Token)
            : Task.CompletedTask;
        try
        {
            var reading = ReadExitAsync();
            if (await Task.WhenAny(pump, reading) == pump && pump.IsFaulted)
            {
                // Nobody takes its output any more: it would wait for ever.
                RequestStop();
            }

            var exit = await reading;
            // Nothing is left that could write, but a process we do not know of might hold the pipe open.
            abandonOutput.CancelAfter(DrainLimit);
            await pump;
            return exit;
        }
        finally
        {
            lock (_control)
            {
                _controlOpen = false;
                _process.Dispose();
            }
        }
    }

    private async Task<CommandExit> ReadExitAsync()
    {
        ShellExit? exit = null;
        TimeSpan? duration = null;
        while (await ReadStatusAsync(_status) is { } line)
        {
            if (line.Said is { } said)
            {
                _sink.Errors?.Invoke(said);
            }

            if (line.Exited is not null)
            {
                (exit, duration) = (line.Exited, _time.GetElapsedTime(_startedAt));
            }

            if (line.Ended is { } ended)
            {
                return Exit([.. ended]);
            }
        }

        return Exit(OperatingSystem.IsWindows() ? [] : OrphanedCommands.End(exit is null ? Pid : null, _mark));

        CommandExit Exit(ImmutableArray<EndedProcess> ended) =>
            new(exit?.Code, exit?.Signal, ended, duration ?? _time.GetElapsedTime(_startedAt))
            {
                Appeared = [.. _absent.Where(Path.Exists)],
            };
    }

    private static async Task<StatusLine?> ReadFirstStatusAsync(Process process)
    {
        var reading = ReadStatusAsync(process.StandardError);
        try
        {
            // By the wall clock: how long a process may hang does not depend on what time it is for the agent.
            return await reading.WaitAsync(SupervisorPatience);
        }
        catch (TimeoutException)
        {
            process.Kill();
            return await reading;
        }
    }

    private static async Task<StatusLine?> ReadStatusAsync(StreamReader status)
    {
        while (await ReadLineAsync(status) is { } line)
        {
            try
            {
                return JsonSerializer.Deserialize(line, StatusJson.Default.StatusLine);
            }
            catch (JsonException)
            {
                // A word of the runtime (out of memory, say): what follows it, or the end of the stream, tells the outcome.
            }
        }

        return null;
    }

    private static async Task<string?> ReadLineAsync(StreamReader status)
    {
        try
        {
            return await status.ReadLineAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
