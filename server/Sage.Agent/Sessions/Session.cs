using System.Collections.Immutable;
using Sage.Agent.BackgroundWork;
using Sage.Agent.Checkpoints;
using Sage.Agent.Commands;
using Sage.Agent.Context.Compaction;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Memory;
using Sage.Agent.Permissions;
using Sage.Agent.Sessions.State;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls.Late;
using Sage.Agent.Turns;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Checkpoints;
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
    private readonly SessionState _state;
    private readonly SessionRecorder _recorder;
    private readonly PermissionGate _gate;
    private readonly SessionHooks _hooks;
    private readonly PromptCommands _commands;
    private readonly PromptQueue _queue;
    private readonly SeenByModel _seen;
    private readonly ContextMeter _meter = new();
    private readonly HashSet<string> _noticed = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _turnGate = new();
    private Task _turnEnd = Task.CompletedTask;
    private Turn? _turn;
    private CancellationTokenSource? _stop;
    private int _running;
    private SuspendedTurn? _suspended;

    internal Session(
        string id,
        Workspace workspace,
        Extensions.IJournal journal,
        SessionState state,
        SessionParts parts
    )
    {
        Id = id;
        _parts = parts;
        Workspace = workspace;
        _journal = journal;
        _state = state;
        _recorder = new SessionRecorder(id, journal, parts.Client, parts.Secrets, parts.Time, state);
        _hooks = new SessionHooks(parts.Hooks, id, workspace, _recorder, () => _gate!.Mode);
        _gate = new PermissionGate(id, workspace, parts.Client, parts.Rules, _recorder, _hooks);
        _commands = new PromptCommands(parts.Commands, workspace);
        _seen = new SeenByModel(parts, workspace, state.Conversation);
        _queue = new PromptQueue(_recorder, parts.Attachments, parts.Resources, workspace, _commands);
        Background = new BackgroundTasks(
            durable => _recorder.RecordAsync(durable, CancellationToken.None),
            transient => _recorder.StreamAsync(transient, CancellationToken.None),
            parts.Work,
            id,
            parts.Time
        );
        Checkpoints = new SessionCheckpoints(id, workspace, _recorder, parts.Checkpoints, parts.Locks);
        Tools = new SessionTools(parts.Tools, parts.LateTools, workspace);
        Subagents = new SessionSubagents(state.Conversation.Subagents);
        Use = new SessionUse(parts, workspace, _recorder, Tools, state.Spending, _meter);
        if (!IsReadOnly)
        {
            Tools.Start();
        }
    }

    public string Id { get; }

    /// <summary>The folder it works in.</summary>
    public Workspace Workspace { get; }

    /// <summary>Steers and queued prompts that no model has read yet.</summary>
    public int WaitingPrompts => _recorder.Conversation.Waiting.InOrder.Length;

    /// <summary>What goes on after the turn that started it.</summary>
    public BackgroundTasks Background { get; }

    /// <summary>What Sage did to files, to be reviewed and taken back.</summary>
    public SessionCheckpoints Checkpoints { get; }

    internal SessionTools Tools { get; }

    internal SessionSubagents Subagents { get; }

    /// <summary>What it takes of the model's context, and what it has cost.</summary>
    public SessionUse Use { get; }

    /// <summary>Completes when the session has its name, or will get none.</summary>
    internal Task Named { get; private set; } = Task.CompletedTask;

    /// <summary>True when another window has it: it can be looked at, and nothing else.</summary>
    public bool IsReadOnly => _journal.IsReadOnly;

    /// <summary>As in a list of sessions.</summary>
    public string Title => _recorder.Facts.Title;

    /// <summary>True while a turn runs.</summary>
    public bool IsRunning => Volatile.Read(ref _running) == 1;

    /// <summary>True when a crash cut off a turn that asked the user: it can go on.</summary>
    public bool IsSuspended => _suspended is not null && !IsRunning;

    /// <summary>What is wrong on the disk is wrong in each turn: it is said once, and again after the session was closed.</summary>
    internal bool IsFirstNotice(string text) => _noticed.Add(text);

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
                var name = new SessionTitler(_parts, _recorder, Id).WhenLetThrough(request, limits);
                // The name of the first prompt may still be on its way.
                turn.OnLetThrough = () => Named = Task.WhenAll(Named, name(_closing.Token));
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

    /// <summary>Chooses the model of this session, whatever is chosen elsewhere.</summary>
    public async Task ChooseModelAsync(string model, CancellationToken cancellationToken)
    {
        if (_recorder.Conversation.ChosenModel != model)
        {
            await StoredAsync(_recorder.RecordAsync(new ModelChosen(model), cancellationToken).AsTask());
        }
    }

    /// <summary>Gives it a name that no model changes any more.</summary>
    public Task RenameAsync(string title, CancellationToken cancellationToken) =>
        StoredAsync(_recorder.RecordAsync(new SessionTitled(title, By: TitledBy.User), cancellationToken).AsTask());

    /// <summary>Makes the conversation shorter now, with the selected model.</summary>
    /// <exception cref="SageException">A turn runs, or no model can answer.</exception>
    public async Task<CompactSessionResult> CompactAsync(CancellationToken cancellationToken)
    {
        using var entered = Enter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        var model = await _parts.Models.ResolveAsync(_recorder.Conversation.ChosenModel, stop.Token);
        using var work = _parts.Work.Start(WorkKind.ModelRequest, "summary", Id);
        var compactor = new Compactor(
            _recorder,
            new ModelChain(model, _parts.Models),
            _meter,
            Tools.OfferedCharacters,
            work,
            _hooks
        );
        var before = compactor.Tokens;
        var shortening = compactor.ShortenAsync(CompactionReason.Requested, stop.Token);
        await StoredAsync(shortening);
        var (isShorter, _) = await shortening;
        _recorder.Flush();
        return new CompactSessionResult(isShorter, before, compactor.Tokens);
    }

    /// <summary>Takes files back to before a turn.</summary>
    /// <exception cref="SageException">A turn runs, or there is no such point.</exception>
    public async Task<RestoreResult> RestoreAsync(RestoreParams request, CancellationToken cancellationToken)
    {
        using var entered = Enter();
        return await Checkpoints.RestoreAsync(request, cancellationToken);
    }

    /// <summary>Takes back an undo or a restore.</summary>
    /// <exception cref="SageException">A turn runs, or there is nothing to redo.</exception>
    public async Task<RestoreResult> RedoAsync(RedoRestoreParams request, CancellationToken cancellationToken)
    {
        using var entered = Enter();
        return await Checkpoints.RedoAsync(request, cancellationToken);
    }

    private async Task<RunTurnResult> RunAsync(
        Func<string> turnId,
        Func<Turn, CancellationToken, Task<RunTurnResult>> run,
        CancellationToken cancellationToken
    )
    {
        using var entered = Enter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        await using var turn = new Turn(
            this,
            _parts,
            _recorder,
            _gate,
            _queue,
            _commands,
            _seen,
            _meter,
            _hooks,
            turnId()
        );
        // Before it runs: what it starts can be stopped at once.
        Enter(turn, stop, Task.CompletedTask);
        try
        {
            var running = run(turn, stop.Token);
            Enter(turn, stop, running);
            return await running;
        }
        finally
        {
            Enter(null, null, Task.CompletedTask);
        }
    }

    /// <summary>One thing at a time, in one window.</summary>
    private Running Enter()
    {
        if (IsReadOnly)
        {
            throw ReadOnlySession.Refusal();
        }

        return Interlocked.Exchange(ref _running, 1) == 0
            ? new Running(this)
            : throw new SageException(
                ErrorCodes.TurnRunning,
                "A turn is already running in this session. Stop it first."
            );
    }

    private readonly struct Running(Session session) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref session._running, 0);
    }

    private SuspendedTurn RequireSuspended() =>
        _suspended
        ?? throw new SageException(ErrorCodes.NoTurnSuspended, "There is no turn in this session that could go on.");

    // Or one whose end the disk had no room for.
    private async Task CloseSuspendedAsync()
    {
        foreach (var end in _state.Repair.Open?.Close() ?? [])
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

    /// <summary>Ends one call; the turn goes on. Does nothing when it has ended.</summary>
    public void StopCall(string callId) => _ = Subagents.Stop(callId) || _parts.Work.StopCall(Id, callId);

    /// <summary>Words for one sub-agent.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.NoTurnRunning"/>, <see cref="ErrorCodes.NotWaiting"/></exception>
    public Task SteerSubagentAsync(string callId, string id, string text, CancellationToken cancellationToken) =>
        StoredAsync(Subagents.SteerAsync(callId, id, text, cancellationToken));

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

    /// <summary>Events that lie before those the client has, in order; empty when there are none.</summary>
    public async Task<PageSessionResult> PageAsync(long beforeSeq, int limit, CancellationToken cancellationToken) =>
        new(await _recorder.PageAsync(beforeSeq, limit, cancellationToken));

    /// <summary>Ends a running turn and what runs in the background, then lets go of the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // At the same time: both may have to wait for processes that will not go.
        var background = Background.CloseAsync();
        await _turnEnd.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await background;
        await Named;
        await _hooks.EndAsync(_parts.Time);
        // What the turn started last.
        await Background.CloseAsync();
        await _journal.DisposeAsync();
        _queue.Dispose();
        Checkpoints.Dispose();
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
        _recorder
            .RecordAsync(new SessionCreated(SessionCreated.CurrentVersion, Workspace.Root), CancellationToken.None)
            .AsTask();

    /// <summary>
    /// Closes what a crash left open, so that the history is whole. A turn that asked the user stays open until it goes on or
    /// another begins. Another window's session is left as it is.
    /// </summary>
    internal async Task ReopenAsync(string? damage)
    {
        foreach (var rule in _recorder.Conversation.GrantedRules)
        {
            _gate.Restore(rule);
        }

        Background.Restore(_recorder.Conversation.BackgroundTasks);
        if (IsReadOnly)
        {
            return;
        }

        if (_state.LastSeq == 0)
        {
            await StartAsync();
        }

        _suspended = _state.Repair.Suspended;
        foreach (var missing in _state.Repair.Missing(damage).ToList())
        {
            await _recorder.RecordAsync(missing, CancellationToken.None);
        }
    }
}
