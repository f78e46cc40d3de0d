using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Hooks;
using Sage.Agent.Memory;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;

namespace Sage.Agent.ToolCalls;

/// <summary>
/// The way of every call of a turn to its result: validate → hooks → preflight → permission gate → workspace lock → place → run →
/// cut the output → hooks. The only caller of the gate. Neither a lock nor one of the places is held while the user is asked, nor a
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
        SessionHooks hooks,
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
            return call.Preparation is Preparation.Broken(var bug)
                ? Crashed(call, bug)
                : ToolResult.Error(((Preparation.Rejected)call.Preparation).Error);
        }

        try
        {
            var passed = await new GatePassage(call, gate, hooks).PassAsync(prepared, cancellationToken);
            if (passed.Refusal is not null)
            {
                return WithWords(passed.Refusal, passed.Before);
            }

            context.Consent = passed.Consent;
            var result = await RunAsync(call, passed, hooks, workspace, onRunning, cancellationToken);
            // No lock is held while the editor looks at what was changed.
            return await WithDiagnosticsAsync(result, context.Diagnostics, workspace, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Cancelled;
        }
        catch (Exception error) when (IsBug(error))
        {
            return Crashed(call, error);
        }
    }

    private async Task<ToolResult> RunAsync(
        ToolCall call,
        PassedCall passed,
        SessionHooks hooks,
        Workspace workspace,
        Action onRunning,
        CancellationToken cancellationToken
    )
    {
        var (prepared, definition) = (passed.Call, call.Tool!.Definition);
        call.Work.State = WorkState.WaitingForWorkspace;
        using var held = await locks.EnterAsync(workspace, prepared.Access, cancellationToken);
        using var place = await _places.EnterAsync(ResourceAccess.None, cancellationToken);
        // What waited for nothing may still be too late: a stopped turn starts nothing.
        cancellationToken.ThrowIfCancellationRequested();
        call.Work.State = WorkState.Running;
        onRunning();
        var result = passed.Tell(await RunWithTimeoutAsync(definition, prepared, cancellationToken));
        result = Fit(result, call.Id, definition.OutputBudget);
        // While nobody else may touch what the call has touched: a hook may format it.
        var after = await hooks.AfterToolAsync(call, passed.Input, prepared, result, cancellationToken);
        return WithWords(WithFolderRules(result, prepared.Access, call.Context!.FolderNews), passed.Before, after);
    }

    /// <summary>
    /// Runs what goes on when its call has its result: what it ends with is cut and marked like that of a call, and a bug in it is its
    /// result. Never throws.
    /// </summary>
    /// <param name="callId">The call that started it.</param>
    /// <param name="what">For the log and the model.</param>
    /// <param name="outputBudget">Characters the model gets to read.</param>
    /// <param name="run">Does the work.</param>
    /// <param name="cancellationToken">The same that <paramref name="run"/> has.</param>
    public async Task<ToolResult> RunBesideAsync(
        string callId,
        string what,
        int outputBudget,
        Func<Task<ToolResult>> run,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return Fit(await run(), callId, outputBudget);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Cancelled;
        }
        catch (Exception error) when (IsBug(error))
        {
            return Crashed(what, callId, error);
        }
    }

    private ToolResult Crashed(ToolCall call, Exception bug) => Crashed(call.Name, call.Id, bug);

    private ToolResult Crashed(string tool, string callId, Exception bug)
    {
        logger.LogError(bug, "Tool {Tool} failed in call {CallId}", tool, callId);
        return new ToolResult(ToolCallStatus.Crashed, $"{tool} failed unexpectedly: {bug.Message}");
    }

    public static ToolResult Cancelled { get; } = new(ToolCallStatus.Cancelled, "The user stopped this call.");

    /// <summary>Behind whatever the result is, also when that had to be cut.</summary>
    private ToolResult WithFolderRules(ToolResult result, ResourceAccess access, FolderNews? news) =>
        news is not null && result.Status == ToolCallStatus.Ok
            ? result with
            {
                Text = result.Text + secrets.Redact(news.After(access)),
            }
            : result;

    /// <summary>What the editor says of files that were changed.</summary>
    private async Task<ToolResult> WithDiagnosticsAsync(
        ToolResult result,
        DiagnosticsNews? news,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        string[] changed =
        [
            .. result.Events.OfType<FileChanged>().Select(change => Path.GetFullPath(change.Path, workspace.Root)),
        ];
        return news is null || changed.Length == 0
            ? result
            : result with
            {
                Text = result.Text + secrets.Redact(await news.AfterAsync(changed, cancellationToken)),
            };
    }

    /// <summary>What hooks say to the model, each with whose words they are.</summary>
    private ToolResult WithWords(ToolResult result, params HookVerdict[] verdicts) =>
        result with
        {
            Text = verdicts
                .SelectMany(static verdict => verdict.Answers.AsEnumerable())
                .Where(static answer => answer.Context is not null)
                .Aggregate(
                    result.Text,
                    (text, answer) => $"{text}\n\n[From {answer.Name}:]\n\n{secrets.Redact(answer.Context!)}"
                ),
        };

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
            // To the tool it is all one who has cancelled; a sub-agent can be stopped alone.
            return
                result.Status == ToolCallStatus.Cancelled
                && timer.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
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
