using Microsoft.Extensions.AI;
using Sage.Agent.Context.Compaction;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.LanguageModels;
using Sage.Agent.Memory;
using Sage.Agent.Permissions;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Agent.Sessions.State;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Subagents;

/// <summary>
/// One sub-agent from its task to its result: a turn with a conversation of its own inside a call, with the permissions,
/// the budget and the workspace of the turn around it.
/// </summary>
internal sealed class Subagent : IDisposable
{
    private readonly SubagentKind _kind;
    private readonly TurnSurroundings _around;
    private readonly Work _call;
    private readonly string _prefix;
    private readonly SubagentClient _client;
    private readonly SessionRecorder _recorder;
    private readonly PermissionGate _gate;
    private readonly PromptQueue _queue;
    private readonly TurnBudget _budget;

    /// <param name="kind">What it is.</param>
    /// <param name="around">The turn that started it.</param>
    /// <param name="call">The call that runs it.</param>
    /// <param name="number">Counts those of the session.</param>
    public Subagent(SubagentKind kind, TurnSurroundings around, Work call, int number)
    {
        var parts = around.Parts;
        (_kind, _around, _call, _prefix) = (kind, around, call, $"sub{number}");
        _client = new SubagentClient(call.CallId!, parts.Client, around.Recorder);
        _recorder = new SessionRecorder(
            around.SessionId,
            new SubagentJournal(),
            _client,
            parts.Secrets,
            parts.Time,
            new SessionState()
        );
        _gate = around.Gate.ForSubagent(call.CallId!, _client, _recorder, kind.Mode);
        _queue = new PromptQueue(
            _recorder,
            parts.Attachments,
            // Its words are a model's: only the user points at what servers have.
            new NoResources(),
            around.Workspace,
            around.Commands
        );
        _budget = around.Budget.ForSubagent(TurnSubagents.MostSteps);
    }

    /// <summary>Works until it is done, stopped, or at a limit. A cancelled one tells what it had.</summary>
    public async Task<ToolResult> RunAsync(string task, CancellationToken cancellationToken)
    {
        var started = new TurnStarted(_prefix, task, _gate.Mode, _around.Model.Id);
        await _queue.OpenAsync(null, _ => _recorder.RecordAsync(started, CancellationToken.None).AsTask());
        TurnEnd end;
        try
        {
            end = await WorkAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            end = new TurnEnd(TurnOutcome.Interrupted);
        }

        var ended = new TurnEnded(_prefix, end.Outcome, _budget.Used, end.Error);
        await _queue.CloseAsync(() => _recorder.RecordAsync(ended, CancellationToken.None).AsTask());
        return _client.Report.Result(_kind, end);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _recorder.Dispose();
    }

    private async Task<TurnEnd> WorkAsync(CancellationToken cancellationToken)
    {
        var parts = _around.Parts;
        var prompt = await parts.Context.SystemPromptAsync(
            _around.Workspace,
            _around.Recorder.StartedAt,
            _gate.Mode,
            cancellationToken
        );
        var message = new ChatMessage(ChatRole.System, prompt.Message.Text + Section);
        var models = new ModelChain(_around.Model, parts.Models);
        var overhead = message.Text.Length + _around.Tools.OfferedCharacters;
        var runner = new TurnRunner(
            _recorder,
            _queue,
            models,
            message,
            Tools(),
            _budget,
            new Compactor(_recorder, models, new ContextMeter(), overhead, _call),
            new TurnQuestions(_client, _around.SessionId, _prefix),
            _call,
            new CallIds(_recorder.Conversation.HasCall, _prefix)
        );
        return await runner.RunAsync(0, cancellationToken);
    }

    private ToolBelt Tools()
    {
        // Its own: what it has read is not what the others have.
        var seen = new SeenByModel(_around.Parts.FolderRules, _around.Workspace, _recorder.Conversation);
        return new ToolBelt(
            _around.Tools,
            _around.Pipeline,
            _gate,
            _around.Workspace,
            _recorder,
            work => _around.ContextOf(work).ForSubagent(seen),
            _call,
            _around.Parts.Time
        )
        {
            Offers = _kind.Offers,
        };
    }

    private string Section =>
        $"""


            # You are a sub-agent
            Another agent has given you the task below and reads your last reply, and nothing else of what you do. Nobody answers
            questions, and there is no plan to keep: where the task leaves something open, choose, and say what you chose.
            {_kind.Instructions}
            """;
}
