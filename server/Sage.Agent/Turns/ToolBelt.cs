using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Sage.Agent.Commands;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Agent.Subagents;
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

    /// <summary>Sub-agents in the background that the turn waits for before it ends; null when it waits for none.</summary>
    public TurnSubagents? Awaited { get; init; }

    /// <summary>What the editor reports after changes; null where nobody asks it.</summary>
    public DiagnosticsNews? Diagnostics { get; init; }

    /// <summary>
    /// The same list until the turn ends, also when that does not plan any more: a request begins with all of the one before.
    /// </summary>
    private readonly IReadOnlyList<AITool> _forPlanning = gate.IsPlanning ? tools.ForPlanning : [];

    public IEnumerable<AITool> Offered => tools.Offered.Concat(_forPlanning).Where(tool => Offers(tool.Name));

    /// <summary>The model is done; waits for what it has not been told yet.</summary>
    /// <returns>Whether there is something, so that the turn has to go on.</returns>
    public async Task<bool> HasNewsAsync(CancellationToken cancellationToken) =>
        Awaited is not null && await Awaited.WaitForNewsAsync(cancellationToken);

    /// <summary>
    /// Before a request: takes in the tools that have come or gone, and the mode, says what keeps other tools away, and tells the model
    /// what its changes broke.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Awaited?.Tell();
        gate.BeginReply();
        foreach (var problem in tools.Refresh())
        {
            await recorder.RecordAsync(new Notice(problem), cancellationToken);
        }

        if (Diagnostics is not null && await Diagnostics.TakeLateAsync(cancellationToken) is { } arrived)
        {
            await recorder.RecordAsync(arrived, cancellationToken);
        }
    }

    public ToolCall Read(string replyId, string callId, ToolCallReady ready)
    {
        var work = turn.Start(WorkKind.ToolCall, ready.Name);
        (work.CallId, work.State) = (callId, WorkState.WaitingForCalls);
        var call = CallReader.Read(
            Find(ready.Name),
            Offered.Select(static tool => tool.Name),
            replyId,
            work,
            ready,
            contextOf
        );
        work.What = recorder.Secrets.Redact($"{call.Name}: {call.Title}");
        return call;
    }

    /// <summary>
    /// Runs what a command file wants the output of: each line a call like those of the model, through the same gate, and recorded
    /// as one; the turn stands for the reply that has not made them.
    /// </summary>
    public async Task RunLinesAsync(
        string turnId,
        ImmutableArray<ExpandedLine> lines,
        CancellationToken cancellationToken
    )
    {
        await using var batch = NewBatch(cancellationToken);
        foreach (var (i, line) in lines.Index())
        {
            var arguments = new JsonObject { ["command"] = line.Line }.ToJsonString();
            var callId = PromptCommands.CallId(turnId, i);
            await batch.StartAsync(Read(turnId, callId, new ToolCallReady(callId, "run_command", arguments)));
        }

        await batch.FinishAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private ITool? Find(string name) =>
        Offers(name) && tools.Find(name) is { } tool && (!tool.IsForPlanning || _forPlanning.Count > 0) ? tool : null;

    /// <summary>Asks the user again about the calls that had not run; of the others nobody knows how far they got.</summary>
    /// <returns>True when that leaves nothing to do.</returns>
    public async Task<bool> FinishAsync(SuspendedTurn suspended, CancellationToken cancellationToken)
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
                batch.Settle(call, suspended.ResultOf(call.Id));
            }
        }

        await batch.FinishAsync();
        return batch.EndsTurn;
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
