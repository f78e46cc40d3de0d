using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Sage.Agent.BackgroundWork;
using Sage.Agent.Commands;
using Sage.Agent.Context;
using Sage.Agent.Context.Compaction;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Memory;
using Sage.Agent.Permissions;
using Sage.Agent.Plans;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;
using Sage.Agent.Sessions;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>One turn from its prompt to its recorded end: whatever happens inside, it ends with exactly one <see cref="TurnEnded"/>.</summary>
internal sealed class Turn(
    Session session,
    SessionParts parts,
    SessionRecorder recorder,
    PermissionGate gate,
    PromptQueue queue,
    PromptCommands commands,
    SeenByModel seen,
    ContextMeter meter,
    SessionHooks hooks,
    string turnId
) : IAsyncDisposable
{
    private readonly ILogger<Turn> _logger = parts.Loggers.CreateLogger<Turn>();
    private readonly CancellationTokenSource _kill = new();
    private volatile TurnSubagents? _subagents;
    private readonly PlanReviews _plans = new(session.Id, parts.Client, recorder, gate);
    private ImmutableArray<ExpandedLine> _lines = [];
    private SideQuestions? _questions;
    private readonly StopReport _stopReport = new(
        parts.Work,
        session.Id,
        turnId,
        parts.Time,
        happened => recorder.StreamAsync(happened, CancellationToken.None)
    );

    /// <summary>Called when nothing keeps the prompt from a model any more.</summary>
    public Action OnLetThrough { get; set; } = static () => { };

    /// <summary>What was told to end is killed now.</summary>
    public void Kill() => _kill.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stopReport.FinishAsync();
        _kill.Dispose();
    }

    public async Task<RunTurnResult> RunAsync(
        RunTurnParams request,
        TurnLimits limits,
        CancellationToken cancellationToken
    )
    {
        // Commands and the model first: what cannot be sent, or answered, is said before anything is recorded.
        var input = queue.Find(request.QueuedId) ?? request.Input;
        var command = await commands.ExpandAsync(input, cancellationToken);
        _lines = command?.Lines ?? [];
        var wanted = command?.Model ?? request.Model ?? recorder.Conversation.ChosenModel;
        var model = await parts.Models.ResolveAsync(wanted, CancellationToken.None);
        var mode = request.Mode ?? recorder.Conversation.LastMode;
        gate.Mode = PromptCommands.Stricter(mode, command?.Mode);
        var begin = () =>
            queue.OpenAsync(
                request.QueuedId,
                queued =>
                    queued is null || queued == input
                        ? StartAsync(input, request, model.Id, command, mode)
                        : throw new SageException(ErrorCodes.NotWaiting, "This prompt was just edited. Send it again.")
            );
        var words = command?.Text ?? PromptMessage.WordsOf(input);
        return await RunAsync(model, begin, words, suspended: null, limits, cancellationToken);
    }

    /// <summary>Goes on with a turn that a crash cut off.</summary>
    public async Task<RunTurnResult> ResumeAsync(
        SuspendedTurn suspended,
        TurnLimits limits,
        CancellationToken cancellationToken
    )
    {
        var model = await parts.Models.ResolveAsync(suspended.Turn.Model, CancellationToken.None);
        gate.Mode = suspended.Turn.Mode;
        var goesOn = new Notice("Sage stopped while it waited for your answer, and asks again.");
        var begin = () =>
            queue.OpenAsync(queuedId: null, _ => recorder.RecordAsync(goesOn, CancellationToken.None).AsTask());
        return await RunAsync(model, begin, words: null, suspended, limits, cancellationToken);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The session's queue: a bug ends the turn, not the server.")]
    private async Task<RunTurnResult> RunAsync(
        LanguageModel model,
        Func<Task> begin,
        string? words,
        SuspendedTurn? suspended,
        TurnLimits limits,
        CancellationToken cancellationToken
    )
    {
        var budget = new TurnBudget(limits, () => recorder.Conversation.Cost, parts.Time);
        budget.Add(suspended?.Used ?? TokenUsage.Zero);
        // The clock of the stop report must start before anything stops, and callbacks of one token run in reverse order.
        using var stop = new CancellationTokenSource();
        using var onCancel = cancellationToken.Register(() =>
        {
            _stopReport.Begin();
            stop.Cancel();
        });
        TurnEnd end;
        try
        {
            await begin();
            end =
                await StopByHooksAsync(words, stop.Token)
                ?? await WorkAsync(model, suspended, limits, budget, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            end = new TurnEnd(TurnOutcome.Interrupted);
        }
        catch (Exception error) when (error is not SageException { Code: ErrorCodes.NotWaiting })
        {
            _logger.LogError(error, "A turn of session {SessionId} failed", session.Id);
            end = TurnFailures.End(error);
        }

        await EndBackgroundAsync(limits, stop.IsCancellationRequested);
        return await EndAsync(end, budget.Used);
    }

    /// <summary>What hooks say before a model reads anything.</summary>
    /// <param name="words">The prompt; null for a turn that goes on.</param>
    /// <param name="cancellationToken">Stops the turn.</param>
    /// <returns>How the turn ends when the prompt is not to be sent.</returns>
    private async Task<TurnEnd?> StopByHooksAsync(string? words, CancellationToken cancellationToken)
    {
        await TellAsync([.. hooks.Problems]);
        var isNew = recorder.Conversation.Turns == 1 && words is not null;
        await hooks.StartAsync(isNew, _stopReport.Turn, cancellationToken);
        if (words is not null)
        {
            var verdict = await hooks.PromptAsync(words, steerId: null, _stopReport.Turn, cancellationToken);
            if (verdict.Decision == HookDecision.Deny)
            {
                var why = $"The prompt was not sent. It was denied by {verdict.Reason}";
                return new TurnEnd(TurnOutcome.Failed, new TurnError(TurnErrorCodes.HookDenied, why, Retryable: false));
            }
        }

        OnLetThrough();
        return null;
    }

    private async Task<TurnEnd> WorkAsync(
        LanguageModel model,
        SuspendedTurn? suspended,
        TurnLimits limits,
        TurnBudget budget,
        CancellationToken cancellationToken
    )
    {
        var models = new ModelChain(model, parts.Models);
        _questions = new SideQuestions(models, recorder, budget, parts.Secrets, parts.Time);
        _subagents = NewSubagents(model, budget, cancellationToken);
        var tools = Tools(limits.LeavesNothingRunning ? _subagents : null);
        if (suspended is not null && await tools.FinishAsync(suspended, cancellationToken))
        {
            return new TurnEnd(TurnOutcome.Completed);
        }

        if (suspended is null && !_lines.IsEmpty)
        {
            await tools.RunLinesAsync(turnId, _lines, cancellationToken);
        }

        var prompt = await parts.Context.SystemPromptAsync(
            session.Workspace,
            recorder.StartedAt,
            gate.Mode,
            cancellationToken
        );
        await TellAsync(prompt.Notices);
        var overhead = prompt.Message.Text.Length + session.Tools.OfferedCharacters;
        var compactor = new Compactor(recorder, models, meter, overhead, _stopReport.Turn, hooks);
        var questions = new TurnQuestions(parts.Client, session.Id, turnId);
        var runner = new TurnRunner(
            recorder,
            queue,
            models,
            prompt.Message,
            tools,
            budget,
            compactor,
            questions,
            _stopReport.Turn,
            new CallIds(recorder.Conversation.HasCall),
            hooks
        );
        return await runner.RunAsync(suspended?.Steps ?? 0, cancellationToken);
    }

    private async Task StartAsync(
        ImmutableArray<InputPart> input,
        RunTurnParams request,
        string model,
        CommandExpansion? command,
        PermissionMode mode
    )
    {
        if (command is not null)
        {
            input = [.. input, .. command.Files];
        }

        var read = await queue.ReadAsync(input, CancellationToken.None);
        var attached = PromptMessage.AttachedTo(read).AddRange(command?.Attached ?? []);
        var started = new TurnStarted(
            turnId,
            PromptMessage.WordsOf(input),
            gate.Mode,
            model,
            attached.IsEmpty ? null : attached,
            request.QueuedId,
            PromptCommands.Sent(turnId, command, mode, gate.Mode)
        );
        await recorder.RecordAsync(started, CancellationToken.None);
        if (!ReferenceEquals(parts.Secrets.Redact(started), started))
        {
            await recorder.RecordAsync(SecretInPrompt, CancellationToken.None);
        }
    }

    private async Task TellAsync(ImmutableArray<string> notices)
    {
        foreach (var text in notices.Where(session.IsFirstNotice))
        {
            await recorder.RecordAsync(new Notice(text), CancellationToken.None);
        }
    }

    private static Notice SecretInPrompt { get; } =
        new(
            "What looks like a key in your prompt is hidden from the model and from the history. "
                + "To let Sage use it, put it into a file or an environment variable, and name that."
        );

    /// <param name="awaited">Where nobody is left to be told later, the model hears of those in the background before the turn ends.</param>
    private ToolBelt Tools(TurnSubagents? awaited) =>
        new(
            session.Tools,
            Pipeline(),
            gate,
            hooks,
            session.Workspace,
            recorder,
            ContextOf,
            _stopReport.Turn,
            parts.Time
        )
        {
            Awaited = awaited,
            Diagnostics = seen.Diagnostics,
        };

    private ToolPipeline Pipeline() =>
        new(
            parts.Locks,
            new OutputBudget(parts.Spill, session.Id),
            parts.Secrets,
            parts.Time,
            parts.Loggers.CreateLogger<ToolPipeline>()
        );

    private TurnSubagents NewSubagents(LanguageModel model, TurnBudget budget, CancellationToken stopped) =>
        new(
            new TurnSurroundings(
                session.Id,
                session.Workspace,
                parts,
                recorder,
                gate,
                hooks,
                session.Tools,
                Pipeline(),
                commands,
                budget,
                model,
                ContextOf,
                session.Subagents,
                session.Background,
                stopped
            )
        );

    private ToolContext ContextOf(Work call) =>
        new(session.Id, call.CallId!, session.Workspace, seen.Files, parts.Client, Output(call.CallId!))
        {
            ReportStopped = part => _stopReport.Add(call, part),
            StartProcess = call.StartProcess,
            Kill = _kill.Token,
            Background = session.Background,
            Secrets = parts.Secrets,
            FolderNews = seen.FolderNews,
            Diagnostics = seen.Diagnostics,
            AskBeside = (question, token) => _questions!.AskAsync(call, question, token),
            RunSubagent = (task, token) => _subagents!.RunAsync(call, task, token),
            ReviewPlan = (plan, token) => _plans.ReviewAsync(call.CallId!, plan, token),
        };

    private Func<string, ValueTask> Output(string callId)
    {
        long offset = 0;
        return async piece =>
        {
            // A tool whose pieces can end in the middle of a word has taken secrets out itself.
            var text = parts.Secrets.Redact(piece);
            var at = Interlocked.Add(ref offset, text.Length) - text.Length;
            await recorder.StreamAsync(new ToolOutput(callId, at, text), CancellationToken.None);
        };
    }

    private async Task EndBackgroundAsync(TurnLimits limits, bool wasStopped)
    {
        var asked = parts.Time.GetTimestamp();
        foreach (var task in await EndedWithTurnAsync(limits, wasStopped))
        {
            if (wasStopped)
            {
                var ms = (long)parts.Time.GetElapsedTime(asked).TotalMilliseconds;
                _stopReport.Add(
                    _stopReport.Turn,
                    new StoppedWork($"background {task.Id}: {task.Title}", "stopped", ms)
                );
            }
        }
    }

    /// <summary>Where nobody sees it afterwards, nothing goes on; else what the user has stopped: an agent acts, a command only serves.</summary>
    private async Task<ImmutableArray<BackgroundTask>> EndedWithTurnAsync(TurnLimits limits, bool wasStopped)
    {
        if (limits.LeavesNothingRunning)
        {
            return await session.Background.CloseAsync();
        }

        var own = wasStopped ? _subagents?.Beside ?? [] : [];
        await Task.WhenAll(own.Select(BackgroundTasks.StopAsync));
        return own.RemoveAll(task => task.End is not { How: BackgroundEndHow.Stopped });
    }

    private async Task<RunTurnResult> EndAsync(TurnEnd end, TokenUsage usage)
    {
        Telemetry.TurnEnded(_stopReport.Turn, session.Id, end.Outcome, usage);
        var happened = new TurnEnded(turnId, end.Outcome, usage, end.Error, await _stopReport.FinishAsync());
        // It is the answer, too.
        var ended = (TurnEnded)parts.Secrets.Redact(happened);
        try
        {
            await queue.CloseAsync(() => recorder.RecordAsync(ended, CancellationToken.None).AsTask());
            recorder.Flush();
        }
        catch (IOException error)
        {
            _logger.LogError(error, "The end of turn {TurnId} could not be recorded", turnId);
            ended = ended with { Outcome = TurnOutcome.Failed, Error = TurnFailures.OfStorage(error) };
            await recorder.PublishUnrecordedAsync(ended);
        }

        return new RunTurnResult(ended.Outcome, ended.Usage, ended.Error, ended.Stopped);
    }
}
