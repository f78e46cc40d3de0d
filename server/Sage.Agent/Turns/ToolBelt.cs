using Microsoft.Extensions.AI;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.ToolCalls.Late;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;

namespace Sage.Agent.Turns;

/// <summary>The tools as one turn uses them: what is offered, how a call is read, and the batch it runs in.</summary>
internal sealed class ToolBelt(
    SessionTools tools,
    ToolPipeline pipeline,
    PermissionGate gate,
    SessionHooks hooks,
    Workspace workspace,
    SessionRecorder recorder,
    Func<Work, ToolContext> contextOf,
    Work turn,
    TimeProvider time
)
{
    private readonly ToolScheduler _scheduler = new();

    /// <summary>Which of the tools there are, by name; all of them unless it is said.</summary>
    public Func<string, bool> Offers { get; init; } = static _ => true;

    public IEnumerable<AITool> Offered => tools.Offered.Where(tool => Offers(tool.Name));

    /// <summary>Takes in the tools that have come or gone, and says what keeps others away.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in tools.Refresh())
        {
            await recorder.RecordAsync(new Notice(problem), cancellationToken);
        }
    }

    public ToolCall Read(string replyId, string callId, ToolCallReady ready)
    {
        var work = turn.Start(WorkKind.ToolCall, ready.Name);
        (work.CallId, work.State) = (callId, WorkState.WaitingForCalls);
        var call = CallReader.Read(
            Offers(ready.Name) ? tools.Find(ready.Name) : null,
            tools.Names.Where(Offers),
            replyId,
            work,
            ready,
            contextOf
        );
        work.What = recorder.Secrets.Redact($"{call.Name}: {call.Title}");
        return call;
    }

    /// <summary>Asks the user again about the calls that had not run; of the others nobody knows how far they got.</summary>
    public async Task FinishAsync(SuspendedTurn suspended, CancellationToken cancellationToken)
    {
        await using var batch = NewBatch(cancellationToken);
        foreach (var recorded in suspended.Calls)
        {
            var ready = new ToolCallReady(recorded.CallId, recorded.Name, recorded.Input.GetRawText());
            var call = Read(recorded.ReplyId, recorded.CallId, ready);
            if (suspended.Asking.Contains(call.Id))
            {
                batch.Restart(call);
            }
            else
            {
                batch.Settle(call, CrashRepair.CrashedResult);
            }
        }

        await batch.FinishAsync();
    }

    public CallBatch NewBatch(CancellationToken cancellationToken) =>
        new(
            recorder,
            _scheduler,
            (call, onRunning, token) => pipeline.RunAsync(call, gate, hooks, workspace, onRunning, token),
            time,
            cancellationToken
        );
}
