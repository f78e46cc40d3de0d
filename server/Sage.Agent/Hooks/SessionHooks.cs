using System.Text.Json;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Hooks;

/// <summary>The hooks as one session, or one sub-agent, uses them: what they do is recorded where it happens.</summary>
/// <param name="hooks">Runs them.</param>
/// <param name="sessionId">The session.</param>
/// <param name="workspace">Where it works.</param>
/// <param name="recorder">Of the session, or of the sub-agent.</param>
/// <param name="mode">The turn's.</param>
internal sealed class SessionHooks(
    IHooks hooks,
    string sessionId,
    Workspace workspace,
    SessionRecorder recorder,
    Func<PermissionMode> mode
)
{
    // Whoever closes a session, or the editor, does not wait for long.
    private static readonly TimeSpan EndTakes = TimeSpan.FromSeconds(1.5);

    private HookAgent? _agent;
    private bool _hasStarted;

    /// <summary>The same for a sub-agent.</summary>
    /// <param name="agent">Who it is.</param>
    /// <param name="inside">Records what happens in it.</param>
    /// <param name="itsMode">How far it may go.</param>
    public SessionHooks ForSubagent(HookAgent agent, SessionRecorder inside, Func<PermissionMode> itsMode) =>
        new(hooks, sessionId, workspace, inside, itsMode) { _agent = agent };

    /// <summary>What in the files cannot be used.</summary>
    public IEnumerable<string> Problems => hooks.ProblemsOf(workspace);

    /// <summary>Once for each time that a session is opened, with its first prompt.</summary>
    public async Task StartAsync(bool isNew, Work turn, CancellationToken cancellationToken)
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            await StartAsync(isNew ? "startup" : "resume", turn, cancellationToken);
        }
    }

    /// <summary>The conversation was summarised, and what hooks had added is gone.</summary>
    public Task SummarizedAsync(Work turn, CancellationToken cancellationToken) =>
        StartAsync("compact", turn, cancellationToken);

    private Task<HookVerdict> StartAsync(string source, Work turn, CancellationToken cancellationToken) =>
        RunAsync(new HookEvent.SessionStarted(Scene(turn), source), cancellationToken);

    /// <summary>The session is closed; nothing happens where it was never used.</summary>
    /// <param name="time">Measures how long its hooks may take.</param>
    public async Task EndAsync(TimeProvider time)
    {
        if (!_hasStarted || recorder.IsReadOnly)
        {
            return;
        }

        using var limit = new CancellationTokenSource(EndTakes, time);
        try
        {
            await RunAsync(new HookEvent.SessionEnded(new HookScene(sessionId, mode())), limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // It is over in any case.
        }
    }

    /// <summary>Words of the user, before a model reads them.</summary>
    /// <param name="prompt">What they say.</param>
    /// <param name="steerId">Of words beside the running turn.</param>
    /// <param name="turn">Whose turn it is.</param>
    /// <param name="cancellationToken">Stops the turn.</param>
    public async Task<HookVerdict> PromptAsync(
        string prompt,
        string? steerId,
        Work turn,
        CancellationToken cancellationToken
    )
    {
        var happened = new HookEvent.PromptSubmitted(Scene(turn), prompt);
        var verdict = await RunAsync(happened, cancellationToken);
        await RecordAsync(
            happened.Moment,
            verdict,
            HookDecision.Deny,
            ran => ran with { SteerId = steerId },
            cancellationToken
        );
        return verdict;
    }

    /// <summary>A call, before anybody is asked about it.</summary>
    public async Task<HookVerdict> BeforeToolAsync(
        ToolCall call,
        PreparedCall prepared,
        CancellationToken cancellationToken
    )
    {
        var happened = new HookEvent.BeforeTool(Scene(call.Work), Of(call, call.Input, prepared));
        var verdict = await RunAsync(happened, cancellationToken);
        if (verdict.Decision == HookDecision.Deny)
        {
            await RecordAsync(happened.Moment, verdict, HookDecision.Deny, call, cancellationToken);
        }
        else if (verdict.ChangedInput(call.Input) is { } changed)
        {
            foreach (var answer in verdict.Answers.Where(static answer => answer.Input is not null))
            {
                var ran = new HookRan(happened.Moment, answer.Hook, answer.Place, HookEffect.Changed);
                await recorder.RecordAsync(ran with { CallId = call.Id, Input = changed }, cancellationToken);
            }
        }

        return verdict;
    }

    /// <summary>A call that has run. A stopped turn does not lose the result over it.</summary>
    public async Task<HookVerdict> AfterToolAsync(
        ToolCall call,
        JsonElement input,
        PreparedCall prepared,
        ToolResult result,
        CancellationToken cancellationToken
    )
    {
        var of = Of(call, input, prepared);
        try
        {
            return await RunAsync(
                new HookEvent.AfterTool(Scene(call.Work), of, result.Status, result.Text),
                cancellationToken
            );
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return HookVerdict.None;
        }
    }

    /// <summary>A call that the user is about to be asked about.</summary>
    public async Task<HookVerdict> PermissionNeededAsync(
        ToolCall call,
        JsonElement input,
        PreparedCall prepared,
        CancellationToken cancellationToken
    )
    {
        var happened = new HookEvent.PermissionNeeded(Scene(call.Work), Of(call, input, prepared));
        var verdict = await RunAsync(happened, cancellationToken);
        await RecordAsync(happened.Moment, verdict, HookDecision.Deny, call, cancellationToken);
        return verdict;
    }

    /// <summary>The user is being asked. Ends when they have answered, which cancels it.</summary>
    public async Task UserAskedAsync(
        ToolCall call,
        JsonElement input,
        PreparedCall prepared,
        CancellationToken answered
    )
    {
        var message = $"Sage asks for your permission: {prepared.Title}";
        try
        {
            var happened = new HookEvent.UserAsked(Scene(call.Work), Of(call, input, prepared), message);
            await RunAsync(happened, answered);
        }
        catch (OperationCanceledException) when (answered.IsCancellationRequested)
        {
            // What it was to tell them, they know.
        }
    }

    /// <summary>The conversation is about to be summarised.</summary>
    /// <returns>False when a hook does not want it and it can be left.</returns>
    public async Task<bool> MaySummarizeAsync(CompactionReason reason, Work turn, CancellationToken cancellationToken)
    {
        var isWished = reason == CompactionReason.Requested;
        var happened = new HookEvent.BeforeCompaction(Scene(turn), isWished ? "manual" : "auto");
        var verdict = await RunAsync(happened, cancellationToken);
        if (verdict.Decision != HookDecision.Deny)
        {
            return true;
        }

        if (isWished)
        {
            await RecordAsync(happened.Moment, verdict, HookDecision.Deny, static ran => ran, cancellationToken);
            return false;
        }

        // Without it the conversation would be at its end.
        const string why = "It does not want the conversation to be summarised, but the model's context is full.";
        await RecordAsync(
            happened.Moment,
            verdict,
            HookDecision.Deny,
            static ran => ran with { Effect = HookEffect.Failed, Text = why },
            cancellationToken
        );
        return true;
    }

    /// <summary>The model is done.</summary>
    /// <param name="wasKept">Whether hooks have made it go on already: they are heard once.</param>
    /// <param name="turn">Whose turn it is.</param>
    /// <param name="cancellationToken">Stops the turn.</param>
    /// <returns>Whether it has to go on; the conversation says why.</returns>
    public async Task<bool> KeepsGoingAsync(bool wasKept, Work turn, CancellationToken cancellationToken)
    {
        var happened = new HookEvent.TurnEnding(Scene(turn), wasKept, recorder.Conversation.LastWords);
        var verdict = await RunAsync(happened, cancellationToken);
        if (verdict.Decision != HookDecision.Deny)
        {
            return false;
        }

        const string once = "It wants the turn to go on again. That is heard once, so that no turn goes on for ever.";
        await RecordAsync(
            happened.Moment,
            verdict,
            HookDecision.Deny,
            ran =>
                wasKept
                    ? ran with
                    {
                        Effect = HookEffect.Failed,
                        Text = once,
                    }
                    : ran with
                    {
                        Effect = HookEffect.Continued,
                        Text = ran.Text ?? "You are not done yet.",
                    },
            cancellationToken
        );
        return !wasKept;
    }

    /// <summary>Records that it was the decision of hooks that counted.</summary>
    public Task RecordAsync(
        HookMoment on,
        HookVerdict verdict,
        HookDecision decision,
        ToolCall call,
        CancellationToken cancellationToken
    ) => RecordAsync(on, verdict, decision, ran => ran with { CallId = call.Id }, cancellationToken);

    private async Task<HookVerdict> RunAsync(HookEvent happened, CancellationToken cancellationToken)
    {
        var verdict = await hooks.RunAsync(happened, workspace, cancellationToken);
        var callId = happened is HookEvent.UserAsked asked ? asked.Of.CallId : happened.Call?.CallId;
        foreach (var answer in verdict.Answers)
        {
            var ran = new HookRan(happened.Moment, answer.Hook, answer.Place, HookEffect.Failed, CallId: callId);
            foreach (
                var (effect, text) in new[]
                {
                    (HookEffect.Failed, answer.Failure),
                    (HookEffect.Told, answer.Message),
                    (HookEffect.Added, answer.Context),
                }
            )
            {
                if (text is not null)
                {
                    await recorder.RecordAsync(ran with { Effect = effect, Text = text }, cancellationToken);
                }
            }
        }

        return verdict;
    }

    private async Task RecordAsync(
        HookMoment on,
        HookVerdict verdict,
        HookDecision decision,
        Func<HookRan, HookRan> finish,
        CancellationToken cancellationToken
    )
    {
        foreach (var answer in verdict.Of(decision))
        {
            var effect = decision switch
            {
                HookDecision.Deny => HookEffect.Denied,
                HookDecision.Ask => HookEffect.Asked,
                _ => HookEffect.Allowed,
            };
            var ran = new HookRan(on, answer.Hook, answer.Place, effect, answer.Reason);
            await recorder.RecordAsync(finish(ran), cancellationToken);
        }
    }

    private HookScene Scene(Work work) => new(sessionId, mode(), _agent) { StartProcess = work.StartProcess };

    private static HookCall Of(ToolCall call, JsonElement input, PreparedCall prepared) =>
        new(call.Id, call.Name, input, [.. prepared.Access.Files], prepared.Permission);
}
