using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Commands;
using Sage.Agent.Extensions;
using Sage.Agent.Hooks;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Permissions;

/// <summary>Decides whether a call may run: by rules, by the turn's mode, by what was granted before, else by asking.</summary>
internal sealed class PermissionGate(
    string sessionId,
    Workspace workspace,
    IClient client,
    IPermissionRules rules,
    SessionRecorder recorder,
    SessionHooks hooks
)
{
    private static readonly RuleSource ThisSession = new(RuleSourceKind.Session);
    private ImmutableArray<PermissionRule> _grants = [];
    private PermissionGate? _parent;
    private PermissionMode? _next;

    /// <summary>What whoever started the sub-agent had read.</summary>
    private Func<PermissionKey, string?> _sourceAround = static _ => null;

    /// <summary>The mode of the turn that runs.</summary>
    public PermissionMode Mode
    {
        get;
        set => (field, _next) = (value, null);
    } = PermissionMode.Ask;

    /// <summary>True until the user has accepted a plan.</summary>
    public bool IsPlanning => Mode == PermissionMode.Plan && _next is null;

    /// <summary>The mode from the next reply on: the calls of this one were made by a model that did not know of it.</summary>
    public void GoOnIn(PermissionMode mode) => _next = mode;

    /// <summary>The model has been told.</summary>
    public void BeginReply() => Mode = _next ?? Mode;

    /// <summary>A sub-agent that goes on beside a later turn is bound by what holds in that, too.</summary>
    private PermissionMode ModeNow => PromptCommands.Stricter(Mode, _parent?.Mode);

    /// <summary>
    /// The gate of a sub-agent: the same rules, the same grants both ways, a mode that is no wider, and what either has read from
    /// outside is asked about.
    /// </summary>
    /// <param name="callId">The call that runs it.</param>
    /// <param name="asked">Puts the questions.</param>
    /// <param name="inside">Records them.</param>
    /// <param name="most">The widest mode of its kind.</param>
    /// <param name="itsHooks">Those of the sub-agent.</param>
    /// <param name="sourceAround">What whoever started it had read; as long as its call has no result, what the session says now.</param>
    public PermissionGate ForSubagent(
        string callId,
        IClient asked,
        SessionRecorder inside,
        PermissionMode? most,
        SessionHooks itsHooks,
        Func<PermissionKey, string?>? sourceAround = null
    ) =>
        new(sessionId, workspace, asked, rules, inside, itsHooks)
        {
            Mode = PromptCommands.Stricter(Mode, most),
            _parent = this,
            _sourceAround = sourceAround ?? (key => recorder.Outside.SourceBeforeCall(callId, key)),
        };

    /// <summary>What becomes of a call as it is when the hooks before it are done.</summary>
    public async Task<GateAnswer> CheckAsync(
        ToolCall call,
        PassedCall passed,
        Preflight preflight,
        HookVerdict verdict,
        CancellationToken cancellationToken
    )
    {
        var policy = Policy();
        var key = passed.Call.Permission;
        var source = recorder.Outside.SourceBefore(call.ReplyId, key) ?? _sourceAround(key);
        var byRules = GateDecision.Of(policy, ModeNow, key, preflight.Danger).After(source, key);
        var decision = byRules.With(verdict, preflight.Danger);
        if (decision.IsByHook)
        {
            await hooks.RecordAsync(HookMoment.PreToolUse, verdict, verdict.Decision!.Value, call, cancellationToken);
        }

        return decision switch
        {
            { Outcome: GateOutcome.Run, IsByRule: var byRule } => new GateAnswer.Run(
                new CallConsent(byRule ? ConsentSource.Rule : ConsentSource.Mode, policy.Sandbox)
            ),
            { Outcome: GateOutcome.Ask } ask => await AskAsync(call, passed, preflight, ask, cancellationToken),
            { Reason: var reason } => Refused(reason!),
        };
    }

    /// <summary>
    /// Whether a call may run with the arguments that the user gave it. They said yes to what they saw: only a rule says no, and
    /// only a consequence that they have not been told of is asked about.
    /// </summary>
    public async Task<GateAnswer> RecheckAsync(
        ToolCall call,
        PassedCall passed,
        Preflight preflight,
        Danger? told,
        CancellationToken cancellationToken
    )
    {
        if (
            GateDecision.Of(Policy(), ModeNow, passed.Call.Permission, danger: null) is
            { Outcome: GateOutcome.Refuse, Reason: { } reason }
        )
        {
            return Refused(reason);
        }

        var isTold = preflight.Danger is not { } danger || danger == told;
        var ask = new GateDecision(GateOutcome.Ask, "It is asked again because of what you changed.");
        return isTold ? new GateAnswer.Run(ByUser) : await AskAsync(call, passed, preflight, ask, cancellationToken);
    }

    /// <summary>A grant from the journal, after a restart.</summary>
    public void Restore(string rule)
    {
        if (_parent is { } parent)
        {
            parent.Restore(rule);
        }
        else if (PermissionRule.TryParse(rule, RuleEffect.Allow, ThisSession) is { } grant)
        {
            ImmutableInterlocked.Update(ref _grants, static (grants, added) => grants.Add(added), grant);
        }
    }

    private PermissionPolicy Policy()
    {
        var policy = rules.Read(workspace);
        var grants = (_parent ?? this)._grants;
        return grants.IsEmpty ? policy : policy with { Rules = policy.Rules.AddRange(grants) };
    }

    /// <param name="call">Whose turn it is.</param>
    /// <param name="passed">What would run.</param>
    /// <param name="preflight">What looking at the disk has shown.</param>
    /// <param name="decision">Why it is asked.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    private async Task<GateAnswer> AskAsync(
        ToolCall call,
        PassedCall passed,
        Preflight preflight,
        GateDecision decision,
        CancellationToken cancellationToken
    )
    {
        var verdict = await hooks.PermissionNeededAsync(call, passed.Input, passed.Call, cancellationToken);
        var decided = decision.With(verdict, preflight.Danger);
        if (verdict.Decision == HookDecision.Deny)
        {
            return Refused($"Denied by {verdict.Reason}");
        }

        if (decided.Outcome == GateOutcome.Run)
        {
            await hooks.RecordAsync(HookMoment.PermissionRequest, verdict, HookDecision.Allow, call, cancellationToken);
            var by = decided.IsByRule ? ConsentSource.Rule : ConsentSource.Mode;
            return new GateAnswer.Run(new CallConsent(by, Policy().Sandbox));
        }

        var key = passed.Call.Permission;
        await recorder.RecordAsync(new PermissionAsked(call.Id, key.Rule, decision.Source), cancellationToken);
        var request = new PermissionRequestParams(
            sessionId,
            call.Id,
            call.Name,
            passed.Call.Title,
            passed.Input,
            key.Rule
        )
        {
            Previews = preflight.Previews.IsEmpty ? null : preflight.Previews,
            WiderRule = preflight.Danger is null && decision.Source is null ? key.WiderRule : null,
            Reason = decision.Reason,
            Danger = preflight.Danger?.Text,
        };
        var answer = await RequestAsync(call, passed, request, cancellationToken);
        return answer.Decision == PermissionDecision.Allow
            ? await AllowAsync(call, request, answer, cancellationToken)
            : await DenyAsync(call, request, answer, cancellationToken);
    }

    /// <summary>Hooks that only want to know of the question run beside it, and not longer.</summary>
    private async Task<PermissionRequestResult> RequestAsync(
        ToolCall call,
        PassedCall passed,
        PermissionRequestParams request,
        CancellationToken cancellationToken
    )
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var telling = hooks.UserAskedAsync(call, passed.Input, passed.Call, answered.Token);
        try
        {
            return await client.RequestPermissionAsync(request, cancellationToken);
        }
        finally
        {
            await answered.CancelAsync();
            await telling;
        }
    }

    private async Task<GateAnswer> AllowAsync(
        ToolCall call,
        PermissionRequestParams request,
        PermissionRequestResult answer,
        CancellationToken cancellationToken
    )
    {
        // Other arguments than those that the rule was shown for are granted once.
        var changed = answer.Input is { } input && !JsonElement.DeepEquals(input, request.Input) ? answer.Input : null;
        var scope = changed is null ? answer.Scope : GrantScope.Once;
        var rule = answer.Rule is { } wider && wider == request.WiderRule ? wider : request.Rule;
        var problem = scope == GrantScope.Once ? null : Grant(scope, rule);
        await recorder.RecordAsync(
            new PermissionAnswered(
                call.Id,
                PermissionDecision.Allow,
                scope,
                scope == GrantScope.Once ? null : rule,
                changed
            ),
            cancellationToken
        );
        if (problem is not null)
        {
            await recorder.RecordAsync(
                new Notice($"The rule could not be saved, so it holds for this session. {problem}"),
                cancellationToken
            );
        }

        // What the user approved must not be forgotten by a crash while it happens.
        recorder.Flush();
        return changed is { } other ? new GateAnswer.RunWith(other) : new GateAnswer.Run(ByUser);
    }

    private async Task<GateAnswer> DenyAsync(
        ToolCall call,
        PermissionRequestParams request,
        PermissionRequestResult answer,
        CancellationToken cancellationToken
    )
    {
        await recorder.RecordAsync(
            new PermissionAnswered(call.Id, PermissionDecision.Deny, GrantScope.Once),
            cancellationToken
        );
        var why = string.IsNullOrWhiteSpace(answer.Reason)
            ? "The user did not allow this call."
            : $"Not allowed: {answer.Reason}";
        return Refused(request.Danger is { } danger ? $"{why} {danger}" : why);
    }

    /// <returns>Why it could not be saved; it holds for the session in any case.</returns>
    private string? Grant(GrantScope scope, string rule)
    {
        Restore(rule);
        if (scope != GrantScope.Session && recorder.Secrets.Redact(rule) != rule)
        {
            return "It holds what looks like a key.";
        }

        try
        {
            if (scope != GrantScope.Session)
            {
                rules.Save(workspace, scope, rule);
            }

            return null;
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }

    private static CallConsent ByUser { get; } = new(ConsentSource.User, SandboxWish.Default);

    private static GateAnswer.Refuse Refused(string reason) => new(new ToolResult(ToolCallStatus.Denied, reason));
}

/// <summary>What becomes of a call.</summary>
internal abstract record GateAnswer
{
    private GateAnswer() { }

    /// <param name="Consent">Who let it.</param>
    public sealed record Run(CallConsent Consent) : GateAnswer;

    /// <summary>To be looked at again, with other arguments.</summary>
    /// <param name="Input">What the user put in their place.</param>
    public sealed record RunWith(JsonElement Input) : GateAnswer;

    /// <param name="Result">What the call gets instead.</param>
    public sealed record Refuse(ToolResult Result) : GateAnswer;
}
