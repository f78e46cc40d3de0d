using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Sage.Agent.Context;
using Sage.Agent.Context.Compaction;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Hooks;
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
    /// <summary>How long one may work, without the time in which it waits for the user.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    private readonly SubagentKind _kind;
    private readonly TurnSurroundings _around;
    private readonly LanguageModel _model;
    private readonly WorkingTime _clock;
    private readonly Work _call;
    private readonly string _prefix;
    private readonly SubagentClient _client;
    private readonly SessionRecorder _recorder;
    private readonly PermissionGate _gate;
    private readonly SessionHooks _hooks;
    private readonly PromptQueue _queue;
    private readonly TurnBudget _budget;

    /// <param name="kind">What it is.</param>
    /// <param name="around">The turn that started it.</param>
    /// <param name="model">Who answers.</param>
    /// <param name="call">The call that runs it, or what it is in the background.</param>
    /// <param name="watch">Sees what happens inside.</param>
    public Subagent(
        SubagentKind kind,
        TurnSurroundings around,
        LanguageModel model,
        Work call,
        Func<SessionEvent, ValueTask> watch
    )
    {
        var parts = around.Parts;
        (_kind, _around, _model, _call) = (kind, around, model, call);
        _prefix = $"sub{around.Subagents.NextNumber()}";
        _clock = new WorkingTime(Longest, parts.Time);
        _client = new SubagentClient(call.CallId!, parts.Client, around.Recorder, _clock, watch);
        _recorder = new SessionRecorder(
            around.SessionId,
            new SubagentJournal(),
            _client,
            parts.Secrets,
            parts.Time,
            new SessionState()
        );
        _hooks = around.Hooks.ForSubagent(new HookAgent(call.CallId!, kind.Name), _recorder, () => _gate!.Mode);
        _gate = around.Gate.ForSubagent(call.CallId!, _client, _recorder, kind.Mode, _hooks, around.SourceAround);
        _queue = new PromptQueue(
            _recorder,
            parts.Attachments,
            // Its words are a model's: only the user points at what servers have.
            new NoResources(),
            around.Workspace,
            around.Commands
        );
        _budget = around.Budget.ForSubagent(kind.Requests);
    }

    /// <summary>Works until it is done, stopped, or at a limit. A cancelled one tells what it had.</summary>
    public async Task<ToolResult> RunAsync(string task, CancellationToken cancellationToken)
    {
        var started = new TurnStarted(_prefix, task, _gate.Mode, _model.Id);
        await _queue.OpenAsync(null, _ => _recorder.RecordAsync(started, CancellationToken.None).AsTask());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _clock.Over);
        TurnEnd end;
        try
        {
            end = await WorkAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            end = new TurnEnd(TurnOutcome.Interrupted);
        }

        await _queue.CloseAsync(() => EndAsync(end));
        var tookTooLong = !cancellationToken.IsCancellationRequested && _clock.Over.IsCancellationRequested;
        return _client.Report.Result(_kind.Name, end, tookTooLong ? Longest : null);
    }

    /// <summary>Words of the user, before its next request.</summary>
    /// <exception cref="Protocol.SageException">It can take none any more, the id was used before, or the words are a command.</exception>
    public Task SteerAsync(string id, ImmutableArray<InputPart> input, CancellationToken cancellationToken) =>
        _queue.AcceptAsync(id, SteerKind.Steer, input, cancellationToken);

    private async Task EndAsync(TurnEnd end)
    {
        // Nobody will read them: there is no turn after this one.
        foreach (var unread in _recorder.Conversation.Waiting.InOrder)
        {
            await _recorder.RecordAsync(new Steer(unread.Id, SteerState.Dropped, unread.Kind), CancellationToken.None);
        }

        var ended = new TurnEnded(_prefix, end.Outcome, _budget.Used, end.Error);
        await _recorder.RecordAsync(ended, CancellationToken.None);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _recorder.Dispose();
        _clock.Dispose();
    }

    private async Task<TurnEnd> WorkAsync(CancellationToken cancellationToken)
    {
        var parts = _around.Parts;
        var prompt = await parts.Context.SystemPromptAsync(
            _around.Workspace,
            _around.Recorder.StartedAt,
            _gate.Mode,
            cancellationToken,
            PromptReader.Subagent
        );
        var message = new ChatMessage(ChatRole.System, prompt.Message.Text + Section);
        var models = new ModelChain(_model, parts.Models);
        var overhead = message.Text.Length + _around.Tools.OfferedCharacters;
        var runner = new TurnRunner(
            _recorder,
            _queue,
            models,
            message,
            Tools(new SideQuestions(models, _recorder, _budget, parts.Secrets, parts.Time)),
            _budget,
            new Compactor(_recorder, models, new ContextMeter(), overhead, _call, _hooks),
            new TurnQuestions(_client, _around.SessionId, _prefix),
            _call,
            new CallIds(_recorder.Conversation.HasCall, _prefix),
            _hooks
        );
        return await runner.RunAsync(0, cancellationToken);
    }

    private ToolBelt Tools(SideQuestions questions)
    {
        // Its own: what it has read is not what the others have.
        var seen = new SeenByModel(_around.Parts, _around.Workspace, _recorder.Conversation);
        return new ToolBelt(
            _around.Tools,
            _around.Pipeline,
            _gate,
            _hooks,
            _around.Workspace,
            _recorder,
            work =>
                _around
                    .ContextOf(work)
                    .ForSubagent(seen, (question, token) => questions.AskAsync(work, question, token)),
            _call,
            _around.Parts.Time
        )
        {
            Offers = _kind.Offers,
            Diagnostics = seen.Diagnostics,
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
