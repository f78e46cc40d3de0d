using System.Diagnostics;
using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;

namespace Sage.Agent.Permissions;

/// <summary>The way of one call through the hooks before it and the gate, as often as its arguments are changed on it.</summary>
internal sealed class GatePassage(ToolCall call, PermissionGate gate, SessionHooks hooks)
{
    public async Task<PassedCall> PassAsync(PreparedCall prepared, CancellationToken cancellationToken)
    {
        call.Work.State = WorkState.Running;
        var verdict = await hooks.BeforeToolAsync(call, prepared, cancellationToken);
        var passed = WithHooks(prepared, verdict);
        return passed.Refusal is null
            ? await PassGateAsync(passed, verdict, cancellationToken) with
            {
                Before = verdict,
            }
            : passed;
    }

    private PassedCall WithHooks(PreparedCall prepared, HookVerdict verdict)
    {
        var unchanged = new PassedCall(prepared, call.Input) { Before = verdict };
        return verdict.Decision == HookDecision.Deny
                ? unchanged with
                {
                    Refusal = new ToolResult(ToolCallStatus.Denied, $"Denied by {verdict.Reason}"),
                }
            : verdict.ChangedInput(call.Input) is { } input
                ? Change(unchanged, "A hook changed the arguments of this call to", input) with
                {
                    Before = verdict,
                }
            : unchanged;
    }

    private async Task<PassedCall> PassGateAsync(
        PassedCall passed,
        HookVerdict verdict,
        CancellationToken cancellationToken
    )
    {
        (passed, var preflight) = await PreflightAsync(passed, cancellationToken);
        if (preflight.Error is { } error)
        {
            return passed with { Refusal = error };
        }

        var answer = await gate.CheckAsync(call, passed, preflight, verdict, cancellationToken);
        while (answer is GateAnswer.RunWith(var input))
        {
            passed = Change(passed, "The user changed the arguments of this call to", input);
            var told = preflight.Danger;
            (passed, preflight) = await PreflightAsync(passed, cancellationToken);
            if ((passed.Refusal ?? preflight.Error) is { } refusal)
            {
                return passed with { Refusal = refusal };
            }

            answer = await gate.RecheckAsync(call, passed, preflight, told, cancellationToken);
        }

        return answer switch
        {
            GateAnswer.Refuse(var result) => passed with { Refusal = result },
            GateAnswer.Run(var consent) => passed with { Consent = consent },
            var other => throw new UnreachableException(other.ToString()),
        };
    }

    /// <summary>What is known of a call before it runs, and the call as the gate decides about it.</summary>
    private async Task<(PassedCall Passed, Preflight Preflight)> PreflightAsync(
        PassedCall passed,
        CancellationToken cancellationToken
    )
    {
        if (passed.Refusal is not null)
        {
            return (passed, Preflight.None);
        }

        call.Work.State = WorkState.Running;
        var preflight = passed.Call.PreflightAsync is { } check ? await check(cancellationToken) : Preflight.None;
        call.Work.State = WorkState.WaitingForUser;
        return preflight.Permission is { } key
            ? (passed with { Call = passed.Call with { Permission = key } }, preflight)
            : (passed, preflight);
    }

    /// <summary>The call with the arguments that somebody has put in place of the model's.</summary>
    private PassedCall Change(PassedCall before, string changed, JsonElement input)
    {
        var preparation = call.Tool!.Prepare(input, call.Context!);
        if (preparation is not Preparation.Accepted { Call: var prepared })
        {
            var mistake = ((Preparation.Rejected)preparation).Error;
            return before with
            {
                Refusal = ToolResult.Error($"{changed} {input.GetRawText()}, which cannot run: {mistake}"),
            };
        }

        // Later calls wait for what this one said that it touches, and for nothing else.
        return call.Access.Covers(prepared.Access)
            ? before with
            {
                Call = prepared,
                Input = input,
                Note = $"{changed} {input.GetRawText()}\n\n",
            }
            : before with
            {
                Refusal = ToolResult.Error(
                    $"{changed} {input.GetRawText()}, which touches other files. Make that call instead."
                ),
            };
    }
}

/// <summary>A call as it comes out of hooks and gate.</summary>
/// <param name="Call">What runs.</param>
/// <param name="Input">Its arguments.</param>
internal sealed record PassedCall(PreparedCall Call, JsonElement Input)
{
    /// <summary>What it gets instead.</summary>
    public ToolResult? Refusal { get; init; }

    /// <summary>What the model has to know, before the result.</summary>
    public string Note { get; init; } = "";

    public CallConsent Consent { get; init; } = CallConsent.Default;

    /// <summary>What hooks have said before it.</summary>
    public HookVerdict Before { get; init; } = HookVerdict.None;

    public ToolResult Tell(ToolResult result) => result with { Text = Note + result.Text };
}
