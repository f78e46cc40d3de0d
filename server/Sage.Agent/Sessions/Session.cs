using System.Collections.Immutable;
using Sage.Agent.BackgroundWork;
using Sage.Agent.Context.Compaction;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;
using Sage.Protocol.Sessions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions;

/// <summary>One conversation with its journal. Runs one turn at a time.</summary>
public sealed class Session : IAsyncDisposable
{
    private readonly SessionParts _parts;
    private readonly Extensions.IJournal _journal;
    private readonly SessionRecorder _recorder;
    private readonly PermissionGate _gate;
    private readonly PromptQueue _queue;
    private readonly ReadTracker _reads = new();
    private readonly ContextMeter _meter = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _turnGate = new();
    private Task _turnEnd = Task.CompletedTask;
    private Turn? _turn;
    private CancellationTokenSource? _stop;
    private int _running;
    private SuspendedTurn? _suspended;

    internal Session(string id, Workspace workspace, Extensions.IJournal journal, SessionParts parts)
    {
        Id = id;
        _parts = parts;
        Workspace = workspace;
        _journal = journal;
        _recorder = new SessionRecorder(id, journal, parts.Client, parts.Time);
        _gate = new PermissionGate(id, parts.Client, _recorder);
        _queue = new PromptQueue(_recorder, parts.Attachments, workspace);
        Background = new BackgroundTasks(
            durable => _recorder.RecordAsync(durable, CancellationToken.None),
            transient => _recorder.StreamAsync(transient, CancellationToken.None),
            parts.Work,
            id,
            parts.Time
        );
    }

    public string Id { get; }

    /// <summary>The folder it works in.</summary>
    public Workspace Workspace { get; }

    /// <summary>Steers and queued prompts that no model has read yet.</summary>
    public int WaitingPrompts => _recorder.Conversation.Waiting.InOrder.Length;

    /// <summary>What goes on after the turn that started it.</summary>
    public BackgroundTasks Background { get; }

    /// <summary>True while a turn runs.</summary>
    public bool IsRunning => Volatile.Read(ref _running) == 1;

    /// <summary>True when a crash cut off a turn that asked the user: it can go on.</summary>
    public bool IsSuspended => _suspended is not null && !IsRunning;

    /// <summary>Works on one prompt until the model is done. Cancelling ends the turn; it does not throw.</summary>
    /// <exception cref="SageException">The session already runs a turn, or no model can answer.</exception>
    public Task<RunTurnResult> RunTurnAsync(
        RunTurnParams request,
        TurnLimits limits,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            () => $"t{_recorder.Conversation.Turns + 1}",
            async (turn, stop) =>
            {
                await StoredAsync(CloseSuspendedAsync());
                return await turn.RunAsync(request, limits, stop);
            },
            cancellationToken
        );

    /// <summary>Goes on with the turn that asked the user when the process died. Cancelling ends it; it does not throw.</summary>
    /// <exception cref="SageException">There is none, or the session runs a turn, or no model can answer.</exception>
    public Task<RunTurnResult> ResumeTurnAsync(TurnLimits limits, CancellationToken cancellationToken) =>
        RunAsync(
            () => RequireSuspended().Turn.TurnId,
            async (turn, stop) =>
            {
                var result = await turn.ResumeAsync(RequireSuspended(), limits, stop);
                _suspended = null;
                return result;
            },
            cancellationToken
        );

    /// <summary>Makes the conversation shorter now, with the selected model.</summary>
    /// <exception cref="SageException">A turn runs, or no model can answer.</exception>
    public async Task<CompactSessionResult> CompactAsync(CancellationToken cancellationToken)
    {
        using var entered = Enter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        var model = await _parts.Models.ResolveAsync(null, stop.Token);
        using var work = _parts.Work.Start(WorkKind.ModelRequest, "summary", Id);
        var compactor = new Compactor(_recorder, model, _meter, _parts.Tools.OfferedCharacters, work);
        var before = compactor.Tokens;
        var shortening = compactor.ShortenAsync(CompactionReason.Requested, stop.Token);
        await StoredAsync(shortening);
        var (isShorter, _) = await shortening;
        _recorder.Flush();
        return new CompactSessionResult(isShorter, before, compactor.Tokens);
    }

    private async Task<RunTurnResult> RunAsync(
        Func<string> turnId,
        Func<Turn, CancellationToken, Task<RunTurnResult>> run,
        CancellationToken cancellationToken
    )
    {
        using var entered = Enter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        await using var turn = new Turn(this, _parts, _recorder, _gate, _queue, _reads, _meter, turnId());
        var running = run(turn, stop.Token);
        Enter(turn, stop, running);
        try
        {
            return await running;
        }
        finally
        {
            Enter(null, null, Task.CompletedTask);
        }
    }

    /// <summary>One thing at a time.</summary>
    private Running Enter() =>
        Interlocked.Exchange(ref _running, 1) == 0
            ? new Running(this)
            : throw new SageException(
                ErrorCodes.TurnRunning,
                "A turn is already running in this session. Stop it first."
            );

    private readonly struct Running(Session session) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref session._running, 0);
    }

    private SuspendedTurn RequireSuspended() =>
        _suspended
        ?? throw new SageException(ErrorCodes.NoTurnSuspended, "There is no turn in this session that could go on.");

    private async Task CloseSuspendedAsync()
    {
        foreach (var end in _suspended?.Close() ?? [])
        {
            await _recorder.RecordAsync(end, CancellationToken.None);
        }

        _suspended = null;
    }

    /// <summary>The second Stop: what was told to end and has not yet is killed. Stops a turn that was not stopped before.</summary>
    public void Kill()
    {
        lock (_turnGate)
        {
            _stop?.Cancel();
            _turn?.Kill();
        }
    }

    private void Enter(Turn? turn, CancellationTokenSource? stop, Task running)
    {
        lock (_turnGate)
        {
            (_turn, _stop, _turnEnd) = (turn, stop, running);
        }
    }

    /// <summary>Words for the turn that runs, or for a turn of their own.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.NoTurnRunning"/>, <see cref="ErrorCodes.NotWaiting"/></exception>
    public Task AcceptAsync(
        string id,
        SteerKind kind,
        ImmutableArray<InputPart> input,
        CancellationToken cancellationToken
    ) => StoredAsync(_queue.AcceptAsync(id, kind, input, cancellationToken));

    /// <summary>Changes what waits.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.NotWaiting"/></exception>
    public Task EditQueuedAsync(string id, ImmutableArray<InputPart> input, CancellationToken cancellationToken) =>
        StoredAsync(_queue.EditAsync(id, input, cancellationToken));

    /// <summary>Takes back what waits.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.NotWaiting"/></exception>
    public Task RemoveQueuedAsync(string id, CancellationToken cancellationToken) =>
        StoredAsync(_queue.RemoveAsync(id, cancellationToken));

    /// <summary>Gives what waits a new order.</summary>
    public Task ReorderQueuedAsync(ImmutableArray<string> ids, CancellationToken cancellationToken) =>
        StoredAsync(_queue.ReorderAsync(ids, cancellationToken));

    /// <summary>The session's events, for a client that joins or comes back.</summary>
    public Task<OpenSessionResult> SnapshotAsync(long fromSeq, CancellationToken cancellationToken) =>
        _recorder.SnapshotAsync(fromSeq, IsRunning, IsSuspended, cancellationToken);

    /// <summary>Ends a running turn and what runs in the background, then lets go of the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // At the same time: both may have to wait for processes that will not go.
        var background = Background.CloseAsync();
        await _turnEnd.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await background;
        // What the turn started last.
        await Background.CloseAsync();
        await _journal.DisposeAsync();
        _queue.Dispose();
        _recorder.Dispose();
        _closing.Dispose();
    }

    private static async Task StoredAsync(Task change)
    {
        try
        {
            await change;
        }
        catch (IOException error)
        {
            throw new SageException(ErrorCodes.StorageFailed, $"The session could not be saved: {error.Message}");
        }
    }

    internal Task StartAsync() =>
        _recorder.RecordAsync(new SessionCreated(1, Workspace.Root), CancellationToken.None).AsTask();

    /// <summary>
    /// Takes in the journal and closes what a crash left open, so that the history is whole. A turn that asked the user stays
    /// open until it goes on or another begins.
    /// </summary>
    internal async Task ReopenAsync(Extensions.OpenedJournal opened)
    {
        _recorder.Replay(opened.Events);
        foreach (var rule in _recorder.Conversation.GrantedRules)
        {
            _gate.Restore(rule);
        }

        Background.Restore(_recorder.Conversation.BackgroundTasks);
        if (opened.Events.Count == 0)
        {
            await StartAsync();
        }

        var repair = new CrashRepair(opened);
        foreach (var missing in repair.Missing())
        {
            await _recorder.RecordAsync(missing, CancellationToken.None);
        }

        _suspended = repair.Suspended;
    }
}
