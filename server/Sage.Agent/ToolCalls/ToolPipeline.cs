using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;

namespace Sage.Agent.ToolCalls;

/// <summary>
/// The way of every call of a turn to its result: validate → preflight → permission gate → workspace lock → place → run →
/// cut the output. The only caller of the gate. Neither a lock nor one of the places is held while the user is asked, nor a
/// place while another session's call is waited for. Never throws.
/// </summary>
internal sealed class ToolPipeline(
    WorkspaceLocks locks,
    OutputBudget budget,
    SecretRedaction secrets,
    TimeProvider time,
    ILogger<ToolPipeline> logger
)
{
    /// <summary>How many calls of a turn may run at once.</summary>
    public const int Places = 16;

    private readonly ConflictQueue _places = new(Places);

    public async Task<ToolResult> RunAsync(
        ToolCall call,
        PermissionGate gate,
        Workspace workspace,
        Action onRunning,
        CancellationToken cancellationToken
    )
    {
        if (
            call
            is not { Preparation: Preparation.Accepted { Call: var prepared }, Tool: not null, Context: { } context }
        )
        {
            return ToolResult.Error(((Preparation.Rejected)call.Preparation).Error);
        }

        try
        {
            var passed = await PassGateAsync(call, prepared, gate, cancellationToken);
            if (passed.Refusal is not null)
            {
                return passed.Refusal;
            }

            (prepared, context.Consent) = (passed.Call, passed.Consent);
            call.Work.State = WorkState.WaitingForWorkspace;
            using var held = await locks.EnterAsync(workspace, prepared.Access, cancellationToken);
            using var place = await _places.EnterAsync(ResourceAccess.None, cancellationToken);
            // What waited for nothing may still be too late: a stopped turn starts nothing.
            cancellationToken.ThrowIfCancellationRequested();
            call.Work.State = WorkState.Running;
            onRunning();
            var result = passed.Tell(await RunWithTimeoutAsync(call.Tool.Definition, prepared, cancellationToken));
            return Fit(result, call.Id, call.Tool.Definition.OutputBudget);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Cancelled;
        }
        catch (Exception error) when (IsBug(error))
        {
            logger.LogError(error, "Tool {Tool} failed in call {CallId}", call.Name, call.Id);
            return new ToolResult(ToolCallStatus.Crashed, $"{call.Name} failed unexpectedly: {error.Message}");
        }
    }

    public static ToolResult Cancelled { get; } = new(ToolCallStatus.Cancelled, "The user stopped this call.");

    /// <summary>What is ours to say stays; what came from outside is cut inside its marks.</summary>
    private ToolResult Fit(ToolResult raw, string callId, int most)
    {
        // Before it is cut: what is cut off is kept in a file.
        var result = raw with
        {
            Text = secrets.Redact(raw.Text),
        };
        return result.Outside is null
            ? budget.Fit(result, callId, most)
            : OutsideMark.Apply(result, text => budget.Fit(secrets.Redact(text), callId, most), OutsideMark.NewNonce);
    }

    private static async Task<Passed> PassGateAsync(
        ToolCall call,
        PreparedCall prepared,
        PermissionGate gate,
        CancellationToken cancellationToken
    )
    {
        call.Work.State = WorkState.Running;
        var preflight = prepared.PreflightAsync is { } check ? await check(cancellationToken) : Preflight.None;
        if (preflight.Error is not null)
        {
            return new Passed(prepared, preflight.Error);
        }

        call.Work.State = WorkState.WaitingForUser;
        return await gate.CheckAsync(call, prepared, preflight, cancellationToken) switch
        {
            GateAnswer.Refuse(var result) => new Passed(prepared, result),
            GateAnswer.RunWith(var consent, var input) => await PassAgainAsync(
                call,
                prepared,
                input,
                consent,
                gate,
                cancellationToken
            ),
            GateAnswer.Run(var consent) => new Passed(prepared) { Consent = consent },
            var other => throw new UnreachableException(other.ToString()),
        };
    }

    /// <summary>The user has put other arguments in place of the model's.</summary>
    private static async Task<Passed> PassAgainAsync(
        ToolCall call,
        PreparedCall original,
        JsonElement input,
        CallConsent consent,
        PermissionGate gate,
        CancellationToken cancellationToken
    )
    {
        const string changed = "The user changed the arguments of this call to";
        var preparation = call.Tool!.Prepare(input, call.Context!);
        if (preparation is not Preparation.Accepted { Call: var prepared })
        {
            var mistake = ((Preparation.Rejected)preparation).Error;
            return new Passed(
                original,
                ToolResult.Error($"{changed} {input.GetRawText()}, which cannot run: {mistake}")
            );
        }

        // Later calls wait for what this one said that it touches, and for nothing else.
        if (!original.Access.Covers(prepared.Access))
        {
            return new Passed(
                original,
                ToolResult.Error($"{changed} {input.GetRawText()}, which touches other files. Make that call instead.")
            );
        }

        call.Work.State = WorkState.Running;
        var preflight = prepared.PreflightAsync is { } check ? await check(cancellationToken) : Preflight.None;
        return preflight.Error is { } error ? new Passed(original, error)
            : gate.Recheck(prepared) is { } refusal ? new Passed(original, refusal)
            : new Passed(prepared) { Consent = consent, Note = $"{changed} {input.GetRawText()}\n\n" };
    }

    /// <param name="Call">What runs.</param>
    /// <param name="Refusal">What it gets instead.</param>
    private sealed record Passed(PreparedCall Call, ToolResult? Refusal = null)
    {
        /// <summary>What the model has to know, before the result.</summary>
        public string Note { get; init; } = "";

        public CallConsent Consent { get; init; } = CallConsent.Default;

        public ToolResult Tell(ToolResult result) => result with { Text = Note + result.Text };
    }

    private async Task<ToolResult> RunWithTimeoutAsync(
        ToolDefinition definition,
        PreparedCall prepared,
        CancellationToken cancellationToken
    )
    {
        var timeout = prepared.Timeout ?? definition.Timeout;
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var result = await prepared.RunAsync(either.Token);
            // To the tool it is all one who has cancelled.
            return result.Status == ToolCallStatus.Cancelled && !cancellationToken.IsCancellationRequested
                ? result with
                {
                    Status = ToolCallStatus.TimedOut,
                }
                : result;
        }
        catch (OperationCanceledException)
            when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var text = $"{definition.Name} took longer than {timeout.TotalSeconds:0.#} s and was stopped.";
            return new ToolResult(ToolCallStatus.TimedOut, text);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Here a bug in a tool becomes that call's result.")]
    private static bool IsBug(Exception error) => error is not OutOfMemoryException;
}
