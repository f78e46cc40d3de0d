using Sage.Sandbox.Commands;

namespace Sage.Tools.Shell;

/// <summary>Waits with a running command for whatever happens first.</summary>
/// <param name="timeout">How long it may take, from now on.</param>
/// <param name="moveRequested">Completes when it is to go on in the background.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandWatch(TimeSpan timeout, Task moveRequested, TimeProvider time) : IDisposable
{
    /// <summary>A command that has said nothing for so long may be waiting for somebody to type.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>Between two looks at a silent command. It has to be found waiting twice.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _timer = new(timeout, time);
    private InputWait? _waits;

    /// <summary>Who waits for input, when that is what happened.</summary>
    public InputWait? InputWait { get; private set; }

    public async Task<WatchEnd> WaitAsync(CommandRun run, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timer.Token);
        while (true)
        {
            await Task.WhenAny(run.Ended, moveRequested, Task.Delay(Interval, time, either.Token));
            var end =
                run.Ended.IsCompleted ? WatchEnd.Ended
                : cancellationToken.IsCancellationRequested ? WatchEnd.Cancelled
                : moveRequested.IsCompleted ? WatchEnd.Moved
                : _timer.IsCancellationRequested ? WatchEnd.TimedOut
                : WaitsForInput(run) ? WatchEnd.WaitsForInput
                : (WatchEnd?)null;
            if (end is { } happened)
            {
                return happened;
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private bool WaitsForInput(CommandRun run)
    {
        var before = _waits;
        _waits = run.Silence >= Patience ? run.FindInputWait() : null;
        InputWait = _waits == before ? _waits : null;
        return InputWait is not null;
    }
}

/// <summary>What happened first to a command.</summary>
internal enum WatchEnd
{
    Ended,
    Cancelled,
    Moved,
    TimedOut,
    WaitsForInput,
}
