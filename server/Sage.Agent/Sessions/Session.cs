using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Questions;
using Sage.Protocol.Sessions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions;

/// <summary>One conversation with its journal. Runs one turn at a time.</summary>
public sealed class Session : IAsyncDisposable
{
    private readonly SessionParts _parts;
    private readonly Workspace _workspace;
    private readonly Extensions.IJournal _journal;
    private readonly SessionRecorder _recorder;
    private readonly PermissionGate _gate;
    private readonly ReadTracker _reads = new();
    private readonly ILogger<Session> _logger;
    private readonly CancellationTokenSource _closing = new();
    private Task _turn = Task.CompletedTask;
    private int _running;

    internal Session(string id, Workspace workspace, Extensions.IJournal journal, SessionParts parts)
    {
        Id = id;
        _parts = parts;
        _workspace = workspace;
        _journal = journal;
        _logger = parts.Loggers.CreateLogger<Session>();
        _recorder = new SessionRecorder(id, journal, parts.Client, parts.Time);
        _gate = new PermissionGate(id, parts.Client, _recorder);
    }

    public string Id { get; }

    /// <summary>True while a turn runs.</summary>
    public bool IsRunning => Volatile.Read(ref _running) == 1;

    /// <summary>Works on one prompt until the model is done. Cancelling ends the turn; it does not throw.</summary>
    /// <exception cref="SageException">The session already runs a turn, or no model can answer.</exception>
    public async Task<RunTurnResult> RunTurnAsync(
        RunTurnParams request,
        TurnLimits limits,
        CancellationToken cancellationToken
    )
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            throw new SageException(
                ErrorCodes.TurnRunning,
                "A turn is already running in this session. Stop it first."
            );
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
            var turn = RunAsync(request, limits, either.Token);
            _turn = turn;
            return await turn;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>The session's events, for a client that joins or comes back.</summary>
    public Task<OpenSessionResult> SnapshotAsync(long fromSeq, CancellationToken cancellationToken) =>
        _recorder.SnapshotAsync(fromSeq, IsRunning, cancellationToken);

    /// <summary>Ends a running turn, then lets go of the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _turn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _journal.DisposeAsync();
        _recorder.Dispose();
        _closing.Dispose();
    }

    internal ValueTask StartAsync() =>
        _recorder.RecordAsync(new SessionCreated(1, _workspace.Root), CancellationToken.None);

    /// <summary>Takes in the journal and closes what a crash left open, so that the history is whole.</summary>
    internal async Task ResumeAsync(Extensions.OpenedJournal opened)
    {
        _recorder.Replay(opened.Events);
        foreach (var rule in _recorder.Conversation.GrantedRules)
        {
            _gate.Restore(rule);
        }

        foreach (var repair in CrashRepair.Missing(opened))
        {
            await _recorder.RecordAsync(repair, CancellationToken.None);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The session's queue: a bug ends the turn, not the server.")]
    private async Task<RunTurnResult> RunAsync(
        RunTurnParams request,
        TurnLimits limits,
        CancellationToken cancellationToken
    )
    {
        // The model first: a session without one is told so before anything is recorded.
        var model = await _parts.Models.ResolveAsync(request.Model, CancellationToken.None);
        var turnId = $"t{_recorder.Conversation.Turns + 1}";
        _gate.Mode = request.Mode ?? _recorder.Conversation.LastMode;
        var budget = new TurnBudget(limits, _parts.Time);
        var stopReport = new StopReport(_parts.Time);
        using var onCancel = cancellationToken.Register(stopReport.Cancelled);
        TurnEnd end;
        try
        {
            await _recorder.RecordAsync(await StartedAsync(turnId, request, model.Id), CancellationToken.None);
            var prompt = await _parts.Context.SystemPromptAsync(_workspace, _gate.Mode, cancellationToken);
            var runner = new TurnRunner(
                _recorder,
                model,
                prompt,
                Tools(stopReport),
                budget,
                AskToContinueAsync,
                stopReport
            );
            end = await runner.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            end = new TurnEnd(TurnOutcome.Interrupted);
        }
        catch (Exception error)
        {
            end = Explain(error);
        }

        return await EndAsync(turnId, end, budget.Used, stopReport);
    }

    private async Task<TurnStarted> StartedAsync(string turnId, RunTurnParams request, string model)
    {
        var prompt = string.Join("\n\n", request.Input.OfType<TextPart>().Select(part => part.Text));
        var attachments = ImmutableArray.CreateBuilder<InputPart>();
        foreach (var part in request.Input.Where(part => part is not TextPart))
        {
            attachments.Add(
                part is FilePart file
                    ? await _parts.Attachments.ReadAsync(file, _workspace, CancellationToken.None)
                    : part
            );
        }

        return new TurnStarted(
            turnId,
            prompt,
            _gate.Mode,
            model,
            attachments.Count == 0 ? null : attachments.ToImmutable()
        );
    }

    private ToolBelt Tools(StopReport stopReport)
    {
        var pipeline = new ToolPipeline(
            _parts.Locks,
            new OutputBudget(_parts.Spill, Id),
            _parts.Time,
            _parts.Loggers.CreateLogger<ToolPipeline>()
        );
        return new ToolBelt(
            _parts.Tools,
            pipeline,
            _gate,
            _workspace,
            _recorder,
            callId => new ToolContext(Id, callId, _workspace, _reads, _parts.Client, Output(callId)),
            stopReport,
            _parts.Time
        );
    }

    private Func<string, ValueTask> Output(string callId)
    {
        long offset = 0;
        return async text =>
        {
            var at = Interlocked.Add(ref offset, text.Length) - text.Length;
            await _recorder.StreamAsync(new ToolOutput(callId, at, text), CancellationToken.None);
        };
    }

    private async Task<bool> AskToContinueAsync(CancellationToken cancellationToken)
    {
        const string goOn = "Go on";
        var question = new Question(
            $"The model made the same calls with the same results {LoopGuard.Limit} times in a row. Go on?",
            [new QuestionOption(goOn), new QuestionOption("Stop")]
        );
        var answer = await _parts.Client.AskQuestionAsync(
            new AskQuestionParams(Id, $"loop-{_recorder.Conversation.Replies}", [question]),
            cancellationToken
        );
        return answer is { Dismissed: false } && answer.Answers.Any(chosen => chosen.Contains(goOn));
    }

    private async Task<RunTurnResult> EndAsync(string turnId, TurnEnd end, TokenUsage usage, StopReport stopReport)
    {
        var ended = new TurnEnded(turnId, end.Outcome, usage, end.Error, stopReport.ToStopped());
        try
        {
            await _recorder.RecordAsync(ended, CancellationToken.None);
            _recorder.Flush();
        }
        catch (IOException error)
        {
            _logger.LogError(error, "The end of turn {TurnId} could not be recorded", turnId);
            ended = ended with { Outcome = TurnOutcome.Failed, Error = StorageError(error) };
            await _recorder.PublishUnrecordedAsync(ended);
        }

        return new RunTurnResult(ended.Outcome, ended.Usage, ended.Error, ended.Stopped);
    }

    private TurnEnd Explain(Exception error)
    {
        _logger.LogError(error, "A turn of session {SessionId} failed", Id);
        return new TurnEnd(
            TurnOutcome.Failed,
            error switch
            {
                IOException => StorageError(error),
                SageException => new TurnError(TurnErrorCodes.Internal, error.Message, Retryable: true),
                _ => new TurnError(TurnErrorCodes.Internal, "Sage made a mistake; its log has the details.", true),
            }
        );
    }

    private static TurnError StorageError(Exception error) =>
        new(
            TurnErrorCodes.Storage,
            $"The session could not be saved: {error.Message} Free some space, then try again.",
            true
        );
}
