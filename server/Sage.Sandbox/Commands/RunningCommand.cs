using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Commands;

/// <summary>A command that runs. It always has to be awaited to its <see cref="Completion"/>.</summary>
public abstract class RunningCommand
{
    private protected RunningCommand() { }

    /// <summary>The shell's process id.</summary>
    public abstract int Pid { get; }

    /// <summary>The walls that really stand around it; null when none were wanted.</summary>
    public abstract WallsInForce? Walls { get; }

    /// <summary>Completes when the whole tree is gone and all output was delivered; fails only when the output callback does.</summary>
    public abstract Task<CommandExit> Completion { get; }

    /// <summary>Asks the whole tree to end, and kills what is left after two seconds. A second call kills at once.</summary>
    /// <returns><see cref="Completion"/>: <see cref="CommandExit.Ended"/> lists what was stopped and how.</returns>
    public abstract Task<CommandExit> StopAsync();

    /// <summary>Looks for a process that waits at a terminal of its own for input that will never come. Linux only.</summary>
    /// <returns>Null when there is none, or it cannot be told.</returns>
    public abstract InputWait? FindInputWait();
}
