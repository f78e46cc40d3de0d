namespace Sage.Server.Hosting;

/// <summary>Where the language server stands between <c>initialize</c> and <c>exit</c>.</summary>
internal enum ServerStage
{
    AwaitingInitialize,
    Running,
    ShuttingDown,
}

/// <summary>Why the server ends.</summary>
internal enum EndReason
{
    /// <summary>The client said <c>exit</c>.</summary>
    ExitRequested,

    /// <summary>Standard input ended.</summary>
    ClientGone,

    /// <summary>The process that started the session died.</summary>
    ParentDied,

    /// <summary>SIGINT, SIGTERM or SIGHUP.</summary>
    Signalled,

    /// <summary>The client sent something after which no frame can be found.</summary>
    BrokenConnection,
}

/// <summary>Knows whether the server may still take requests, and ends it once, for the first reason that comes.</summary>
internal sealed class ServerLifecycle
{
    private readonly TaskCompletionSource<EndReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ServerStage _stage;

    public ServerStage Stage => _stage;

    /// <summary>Completes with the first reason to end.</summary>
    public Task<EndReason> Ended => _ended.Task;

    public void MarkInitialized() => _stage = ServerStage.Running;

    public void BeginShutdown() => _stage = ServerStage.ShuttingDown;

    public void End(EndReason reason) => _ended.TrySetResult(reason);

    /// <summary>What the process reports: zero when somebody meant it to end.</summary>
    public int ExitCode(EndReason reason) =>
        reason switch
        {
            EndReason.BrokenConnection => 1,
            // The protocol's rule: `exit` without `shutdown` is an error.
            EndReason.ExitRequested when _stage != ServerStage.ShuttingDown => 1,
            _ => 0,
        };
}
