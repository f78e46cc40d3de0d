using Microsoft.Extensions.AI;
using Sage.Agent.Context;
using Sage.Agent.Context.Compaction;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>How a turn ended, before it is recorded.</summary>
internal sealed record TurnEnd(TurnOutcome Outcome, TurnError? Error = null);

/// <summary>
/// The loop: take in what the user said meanwhile → read a reply (its calls already run while it streams) → no calls? done →
/// wait for the results → repeat.
/// </summary>
internal sealed class TurnRunner(
    SessionRecorder recorder,
    PromptQueue queue,
    ModelChain models,
    ChatMessage systemPrompt,
    ToolBelt tools,
    TurnBudget budget,
    Compactor compactor,
    TurnQuestions questions,
    Work turn,
    CallIds callIds,
    SessionHooks hooks
)
{
    // Once for a context that is smaller than it was said to be, once for results that alone are too long.
    private const int MostOverflows = 2;

    // In a row; whoever breaks off more often than that will do so again.
    private const int MostBreaks = 2;
    private readonly LoopGuard _loopGuard = new();
    private int _overflows;
    private int _breaks;
    private bool _wasKept;

    /// <param name="firstStep">How many replies the turn has had already.</param>
    /// <param name="cancellationToken">Stops the turn.</param>
    public async Task<TurnEnd> RunAsync(int firstStep, CancellationToken cancellationToken)
    {
        for (var step = firstStep; ; step++)
        {
            if (await FindOverspendAsync(step, cancellationToken) is { } overspent)
            {
                return overspent;
            }

            await HearUserAsync(cancellationToken);

            await tools.RefreshAsync(cancellationToken);
            budget.Add(await compactor.MakeRoomAsync(cancellationToken));
            await using var batch = tools.NewBatch(cancellationToken);
            var reply = await ReadReplyAsync(batch, cancellationToken);
            budget.AddStep(reply.Usage);
            var goesOn = GoesOnAfter(reply);
            await FinishAsync(batch, reply, goesOn);
            if (await AsksAgainAsync(reply, goesOn, cancellationToken))
            {
                continue;
            }

            if (EndOf(reply, batch, step, cancellationToken) is { } end)
            {
                if (end.Outcome == TurnOutcome.Completed && await GoesOnAtEndAsync(cancellationToken))
                {
                    continue;
                }

                return end;
            }

            if (_loopGuard.IsLooping(batch.Results) && !await GoOnAsync(step, cancellationToken))
            {
                return LoopDetected;
            }
        }
    }

    private async Task HearUserAsync(CancellationToken cancellationToken)
    {
        if (await queue.DeliverAsync(IsLetThroughAsync, cancellationToken))
        {
            _loopGuard.Reset();
            _wasKept = false;
        }

        async Task<bool> IsLetThroughAsync(WaitingPrompt steer)
        {
            var words = PromptMessage.WordsOf(steer.Input);
            var verdict = await hooks.PromptAsync(words, steer.Id, turn, cancellationToken);
            return verdict.Decision != HookDecision.Deny;
        }
    }

    /// <summary>A model that is done goes on for results that it waits for, for hooks, and for the user, who may say something while hooks work.</summary>
    private async Task<bool> GoesOnAtEndAsync(CancellationToken cancellationToken)
    {
        if (await tools.HasNewsAsync(cancellationToken))
        {
            return true;
        }

        if (await hooks.KeepsGoingAsync(_wasKept, turn, cancellationToken))
        {
            _wasKept = true;
            return true;
        }

        return !await queue.TryCloseAsync(cancellationToken);
    }

    /// <summary>How the turn ends when its next request would break a limit that the user does not raise.</summary>
    private async Task<TurnEnd?> FindOverspendAsync(int step, CancellationToken cancellationToken)
    {
        while (budget.Find(step, compactor.NextInput, models.Current) is { } stop)
        {
            if (!await questions.AskToRaiseAsync(stop, step, cancellationToken))
            {
                await recorder.RecordAsync(new Notice(stop.Reason), cancellationToken);
                return stop.End;
            }

            budget.Raise(stop.Raised);
        }

        return null;
    }

    private async Task<ReplySummary> ReadReplyAsync(CallBatch batch, CancellationToken cancellationToken)
    {
        var replyId = $"r{recorder.Conversation.Replies + 1}";
        var model = models.Current;
        using var request = turn.Start(WorkKind.ModelRequest, $"reply of {model.Name}");
        var reader = new ReplyReader(
            replyId,
            recorder,
            request,
            callIds,
            (callId, ready) => batch.StartAsync(tools.Read(replyId, callId, ready))
        );
        var messages = ContextBuilder.Build(systemPrompt, recorder.Conversation);
        var reply = await reader.ReadAsync(model, messages, Options(model), cancellationToken);
        Telemetry.ReplyEnded(request, model, reply);
        return reply;
    }

    private async Task<bool> AsksAgainAsync(ReplySummary reply, bool goesOn, CancellationToken cancellationToken)
    {
        if (!goesOn)
        {
            return await MadeRoomAfterAsync(reply, cancellationToken) || await FellBackAsync(reply, cancellationToken);
        }

        await recorder.RecordAsync(BrokenOff, cancellationToken);
        return true;
    }

    /// <summary>An overflow never ends a conversation that can be made shorter.</summary>
    private async Task<bool> MadeRoomAfterAsync(ReplySummary reply, CancellationToken cancellationToken)
    {
        if (reply.Failure?.Code != TurnErrorCodes.ContextOverflow)
        {
            _overflows = 0;
            compactor.Learn(reply.Usage);
            return false;
        }

        if (++_overflows > MostOverflows)
        {
            return false;
        }

        var (isShorter, usage) = await compactor.ShortenAsync(CompactionReason.Overflow, cancellationToken);
        budget.Add(usage);
        return isShorter;
    }

    /// <summary>Where one model does not answer, the next one goes on.</summary>
    private async Task<bool> FellBackAsync(ReplySummary reply, CancellationToken cancellationToken)
    {
        var silent = models.Current;
        if (reply.Failure is not { } failure || await models.FallBackAsync(failure, cancellationToken) is not { } next)
        {
            return false;
        }

        await recorder.RecordAsync(
            new Notice($"{failure.Message} {next.Name} goes on for {silent.Name}."),
            cancellationToken
        );
        return true;
    }

    private ChatOptions Options(LanguageModel model) =>
        new()
        {
            Tools = [.. tools.Offered],
            Reasoning = model.Effort is { } effort ? new ReasoningOptions { Effort = effort } : null,
        };

    /// <summary>What a model has said when the connection breaks is kept, and it is asked to go on from there.</summary>
    private bool GoesOnAfter(ReplySummary reply)
    {
        var broke =
            reply.Failure is { Retryable: true, Code: TurnErrorCodes.Network or TurnErrorCodes.Timeout }
            && !reply.IsEmpty;
        _breaks = broke ? _breaks + 1 : 0;
        return broke && _breaks <= MostBreaks;
    }

    private static async Task FinishAsync(CallBatch batch, ReplySummary reply, bool goesOn)
    {
        if (!goesOn && reply.StopReason is not (StopReason.ToolCalls or StopReason.MaxTokens))
        {
            // The reply broke off: nobody would read what its calls still find out.
            batch.Stop();
        }

        await batch.FinishAsync();
    }

    private static TurnEnd? EndOf(ReplySummary reply, CallBatch batch, int step, CancellationToken cancellationToken) =>
        reply.StopReason switch
        {
            _ when cancellationToken.IsCancellationRequested => new TurnEnd(TurnOutcome.Interrupted),
            StopReason.Interrupted => new TurnEnd(TurnOutcome.Interrupted),
            StopReason.Failed => Failed(reply.Failure!.Code, reply.Failure.Message, reply.Failure.Retryable),
            StopReason.ToolCalls or StopReason.MaxTokens when batch.EndsTurn => new TurnEnd(TurnOutcome.Completed),
            StopReason.ToolCalls => null,
            // A call that was cut off has its error as result: the model reads it and can write less.
            StopReason.MaxTokens when reply.Calls > 0 => null,
            StopReason.EndTurn when reply.IsEmpty && step == 0 => Failed(
                TurnErrorCodes.InvalidResponse,
                "The model sent an empty reply. Try again, or choose another model.",
                retryable: true
            ),
            StopReason.EndTurn => new TurnEnd(TurnOutcome.Completed),
            StopReason.MaxTokens => Failed(
                TurnErrorCodes.MaxTokens,
                "The reply reached the model's output limit and was cut off. Say “continue” to go on from there.",
                retryable: true
            ),
            StopReason.ContentFilter => Failed(
                TurnErrorCodes.ContentFilter,
                "The provider's content filter stopped the reply. Rephrase the request.",
                retryable: false
            ),
            StopReason.Refusal => Failed(TurnErrorCodes.Refusal, "The model refused to answer.", retryable: false),
            _ => Failed(
                TurnErrorCodes.UnknownStop,
                "The provider ended the reply for a reason Sage does not know. Try again, or choose another model.",
                retryable: true
            ),
        };

    private async Task<bool> GoOnAsync(int step, CancellationToken cancellationToken)
    {
        _loopGuard.Reset();
        return await questions.AskToContinueLoopAsync(step, cancellationToken);
    }

    private static Notice BrokenOff { get; } =
        new("The connection to the model broke in the middle of its reply. Sage asks it to go on from there.");

    private static TurnEnd LoopDetected { get; } =
        Failed(
            TurnErrorCodes.LoopDetected,
            $"The model made the same calls with the same results {LoopGuard.Limit} times in a row. Tell it what to do differently.",
            retryable: false
        );

    private static TurnEnd Failed(string code, string message, bool retryable) =>
        new(TurnOutcome.Failed, new TurnError(code, message, retryable));
}
