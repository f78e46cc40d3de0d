using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Sage.Agent.Permissions;
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
        if (call.Preparation is not Preparation.Accepted { Call: var prepared } || call.Tool is null)
        {
            return ToolResult.Error(((Preparation.Rejected)call.Preparation).Error);
        }

        try
        {
            call.Work.State = WorkState.Running;
            var preflight = prepared.PreflightAsync is { } check ? await check(cancellationToken) : new Preflight();
            if (preflight.Error is not null)
            {
                return preflight.Error;
            }

            call.Work.State = WorkState.WaitingForUser;
            if (await gate.CheckAsync(call, prepared, preflight.Preview, cancellationToken) is { } denied)
            {
                return denied;
            }

            call.Work.State = WorkState.WaitingForWorkspace;
            using var held = await locks.EnterAsync(workspace, prepared.Access, cancellationToken);
            using var place = await _places.EnterAsync(ResourceAccess.None, cancellationToken);
            // What waited for nothing may still be too late: a stopped turn starts nothing.
            cancellationToken.ThrowIfCancellationRequested();
            call.Work.State = WorkState.Running;
            onRunning();
            var result = await RunWithTimeoutAsync(call.Tool.Definition, prepared, cancellationToken);
            return budget.Fit(result, call.Id, call.Tool.Definition.OutputBudget);
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
