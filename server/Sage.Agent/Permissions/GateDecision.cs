using Sage.Agent.Hooks;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Permissions;

/// <summary>Whether a call runs, is refused, or is for the user to decide.</summary>
internal enum GateOutcome
{
    Run,
    Ask,
    Refuse,
}

/// <summary>What rules, mode and danger make of a call. Pure: the same question has the same answer.</summary>
/// <param name="Outcome">What happens to the call.</param>
/// <param name="Reason">Why, for people and the model; null when the mode alone says so.</param>
internal readonly record struct GateDecision(GateOutcome Outcome, string? Reason = null)
{
    /// <summary>True when it runs because a rule allows it.</summary>
    public bool IsByRule { get; private init; }

    /// <summary>What from outside the model had read, when it is asked because of that.</summary>
    public string? Source { get; private init; }

    /// <summary>True when it would be another without hooks.</summary>
    public bool IsByHook { get; private init; }

    private bool IsByExactRule { get; init; }

    private const string PlanOnly =
        "This is plan mode: only reads are allowed. Describe the change instead of making it.";

    private static readonly GateDecision Run = new(GateOutcome.Run);

    /// <param name="policy">All rules, those of the session too.</param>
    /// <param name="mode">The turn's.</param>
    /// <param name="key">The call.</param>
    /// <param name="danger">What looking at the disk has shown; null when nothing is known.</param>
    public static GateDecision Of(PermissionPolicy policy, PermissionMode mode, PermissionKey key, Danger? danger) =>
        policy.OnlyReads && key.Kind != PermissionKind.Read
            ? new GateDecision(GateOutcome.Refuse, WorkspaceTrust.Refusal)
            : WhereTrusted(policy, mode, key, danger);

    private static GateDecision WhereTrusted(
        PermissionPolicy policy,
        PermissionMode mode,
        PermissionKey key,
        Danger? danger
    )
    {
        var verdict = policy.Decide(key);
        if (verdict.Effect == RuleEffect.Deny)
        {
            return new GateDecision(
                GateOutcome.Refuse,
                $"It is denied by the rule {verdict.Rule!.Text} in {verdict.Rule.Source}."
            );
        }

        var isForbidden = policy.ForbiddenModes.Contains(mode);
        mode = isForbidden && mode != PermissionMode.Plan ? PermissionMode.Ask : mode;
        if (mode == PermissionMode.Plan && key.Kind != PermissionKind.Read)
        {
            return new GateDecision(GateOutcome.Refuse, PlanOnly);
        }

        if (verdict.Effect == RuleEffect.Ask)
        {
            return new GateDecision(
                GateOutcome.Ask,
                $"The rule {verdict.Rule!.Text} in {verdict.Rule.Source} is about it."
            );
        }

        if (policy.Problem is { } problem && key.Kind != PermissionKind.Read)
        {
            return new GateDecision(GateOutcome.Ask, $"Rules could not be read, so everything is asked. {problem}");
        }

        var isNamed = verdict.Rule?.IsExactly(key) == true;
        var isTrusted = mode == PermissionMode.Full || verdict is { Effect: RuleEffect.Allow, Rule.IsWholeTool: true };
        var isFree = danger is null ? IsFree(mode, key.Kind) : isTrusted && danger.Level != DangerLevel.Grave;
        var isAllowed = isNamed || verdict.Effect == RuleEffect.Allow && (danger is null || isFree);
        return isAllowed ? Run with { IsByRule = true, IsByExactRule = isNamed }
            : isFree ? Run
            : new GateDecision(
                GateOutcome.Ask,
                isForbidden ? "The policy of your organisation does not want this mode, so it is asked." : null
            );
    }

    /// <summary>
    /// The same decision when the model has just read something from outside: what it does then, but for reading, is the user's
    /// to look at, unless they have named exactly this call before.
    /// </summary>
    public GateDecision After(string? source, PermissionKey key)
    {
        if (source is null || key.Kind == PermissionKind.Read || Outcome == GateOutcome.Refuse || IsByExactRule)
        {
            return this;
        }

        var why = $"The model has just read {source} and may be doing what that says.";
        return new GateDecision(GateOutcome.Ask, Reason is null ? why : $"{Reason} {why}") { Source = source };
    }

    /// <summary>
    /// The same decision with what hooks have said. They can have the user asked about anything, and allow what the mode alone
    /// asks about; what a rule, plan mode, missing trust, a danger, or content from outside is against, they do not allow.
    /// </summary>
    public GateDecision With(HookVerdict verdict, Danger? danger) =>
        verdict.Decision switch
        {
            HookDecision.Ask when Outcome != GateOutcome.Refuse => new GateDecision(
                GateOutcome.Ask,
                Reason is null
                    ? $"It is asked because of {verdict.Reason}"
                    : $"{Reason} Also because of {verdict.Reason}"
            )
            {
                Source = Source,
                IsByHook = true,
            },
            HookDecision.Allow when this is { Outcome: GateOutcome.Ask, Reason: null } && danger is null => Run with
            {
                // A project that was agreed to is not somebody who has looked at the call.
                IsByRule = verdict.Deciding.All(static answer => !answer.IsOfProject),
                IsByHook = true,
            },
            _ => this,
        };

    private static bool IsFree(PermissionMode mode, PermissionKind kind) =>
        (mode, kind) switch
        {
            (_, PermissionKind.Read) => true,
            (PermissionMode.Full, _) => true,
            (PermissionMode.AutoEdit, PermissionKind.Edit) => true,
            _ => false,
        };
}
