using System.Diagnostics;

namespace Sage.Sandbox.Commands;

/// <summary>
/// A command without a supervisor, where the operating system has none yet (macOS, Windows): a stop kills the tree that the
/// process table shows; a process that detached itself from it escapes.
/// </summary>
internal sealed class PlainCommand : RunningCommand
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private long? _stoppedAt;

    public PlainCommand(Process process, Func<string, ValueTask> output, long startedAt, TimeProvider time)
    {
        (_process, _startedAt, _time) = (process, startedAt, time);
        Pid = process.Id;
        process.StandardInput.Close();
        process.Exited += (_, _) => _exited.TrySetResult();
        process.EnableRaisingEvents = true;
        Completion = CompleteAsync(output);
    }

    public override int Pid { get; }

    public override Task<CommandExit> Completion { get; }

    public override Task<CommandExit> StopAsync()
    {
        lock (_lock)
        {
            if (!Completion.IsCompleted)
            {
                _stoppedAt ??= _time.GetTimestamp();
                _process.Kill(entireProcessTree: true);
            }
        }

        return Completion;
    }

    /// <summary>How the shell is called with a command.</summary>
    public static ProcessStartInfo Start(string shell, string command) =>
        // cmd.exe takes everything between the outer quotes as it stands; escaping inner ones would break the command.
        Path.GetFileNameWithoutExtension(shell).Equals("cmd", StringComparison.OrdinalIgnoreCase)
            ? new(shell, $"/d /s /c \"{command}\"")
            : new(shell, ["-c", command]);

    private async Task<CommandExit> CompleteAsync(Func<string, ValueTask> output)
    {
        using var abandon = new CancellationTokenSource();
        using var oneAtATime = new SemaphoreSlim(1);
        var pumps = Task.WhenAll(
            OutputPump.RunAsync(_process.StandardOutput.BaseStream, DeliverAsync, abandon.Token),
            OutputPump.RunAsync(_process.StandardError.BaseStream, DeliverAsync, abandon.Token)
        );
        if (await Task.WhenAny(pumps, _exited.Task) == pumps && pumps.IsFaulted)
        {
            // Nobody takes its output any more: it would wait for ever.
            _process.Kill(entireProcessTree: true);
        }

        await _exited.Task;
        var duration = _time.GetElapsedTime(_startedAt);
        // Something it left behind may hold the pipes for as long as it likes.
        abandon.CancelAfter(DrainLimit);
        await pumps;
        lock (_lock)
        {
            return Exit(duration);
        }

        async ValueTask DeliverAsync(string text)
        {
            await oneAtATime.WaitAsync(CancellationToken.None);
            try
            {
                await output(text);
            }
            finally
            {
                oneAtATime.Release();
            }
        }
    }

    private CommandExit Exit(TimeSpan duration)
    {
        var code = _process.ExitCode;
        _process.Dispose();
        return _stoppedAt is { } stoppedAt
            ? new(
                null,
                9,
                [new(Pid, "shell", EndedHow.Killed, (long)_time.GetElapsedTime(stoppedAt).TotalMilliseconds)],
                duration
            )
            : new(code, null, [], duration);
    }
}
