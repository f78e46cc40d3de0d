using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Turns;

/// <summary>The tools as one turn uses them: what is offered, how a call is read, and the batch it runs in.</summary>
internal sealed class ToolBelt(
    ToolCatalog catalog,
    ToolPipeline pipeline,
    PermissionGate gate,
    Workspace workspace,
    SessionRecorder recorder,
    Func<string, ToolContext> contextOf,
    StopReport stopReport,
    TimeProvider time
)
{
    private readonly ToolScheduler _scheduler = new();

    public IReadOnlyList<AITool> Offered => catalog.Offered;

    public ToolCall Read(string replyId, string callId, ToolCallReady ready) =>
        catalog.Read(replyId, callId, ready, contextOf);

    public CallBatch NewBatch(CancellationToken cancellationToken) =>
        new(recorder, _scheduler, RunAsync, time, cancellationToken);

    private async Task<ToolResult> RunAsync(ToolCall call, Action onRunning, CancellationToken cancellationToken)
    {
        using var tracked = stopReport.Track($"{call.Name}: {call.Title}", cancellationToken);
        return await pipeline.RunAsync(call, gate, workspace, onRunning, cancellationToken);
    }
}
