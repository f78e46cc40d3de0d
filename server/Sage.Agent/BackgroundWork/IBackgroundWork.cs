namespace Sage.Agent.BackgroundWork;

/// <summary>Something that goes on after its call has its result. Port: implemented in Sage.Tools.</summary>
public interface IBackgroundWork
{
    /// <summary>The operating system's process that it is, if it is one.</summary>
    int? Pid { get; }

    /// <summary>What a person would run to have the same, if it is a command.</summary>
    BackgroundCommand? Command { get; }

    /// <summary>The kind of sub-agent that it is, if it is one.</summary>
    string? Subagent => null;

    /// <summary>Where what it says comes from, if that is not of the user's making.</summary>
    string? Source => null;

    /// <summary>Completes when nothing of it runs any more and its last output was shown. Never fails.</summary>
    Task<BackgroundExit> Completion { get; }

    /// <summary>Completes when there is output that the model has not read, or none can come any more.</summary>
    Task WaitForOutputAsync(CancellationToken cancellationToken);

    /// <summary>What the model has not read yet, cut to its budget; empty when there is nothing new.</summary>
    string TakeOutput();

    /// <summary>Asks it to end; asked a second time it is killed. Returns at once.</summary>
    void Stop();
}

/// <param name="Shell">The program that runs it.</param>
/// <param name="Line">The whole command line.</param>
/// <param name="Folder">Absolute path of the folder it runs in.</param>
public sealed record BackgroundCommand(string Shell, string Line, string Folder);

/// <param name="ExitCode">Null when a signal ended it.</param>
/// <param name="Description">For people and the model: <c>exit code 1</c>, <c>ended by SIGKILL</c>.</param>
public sealed record BackgroundExit(int? ExitCode, string Description)
{
    /// <summary>True when it was stopped by what it belongs to, and not through <see cref="IBackgroundWork.Stop"/>.</summary>
    public bool WasStopped { get; init; }

    /// <summary>What the model reads of it, besides that it has ended.</summary>
    public string? Result { get; init; }

    /// <summary>Where content in the result came from that is not of the user's making.</summary>
    public string? Source { get; init; }
}
