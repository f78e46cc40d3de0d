using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Subagents;

/// <summary>Sub-agents that no call waits for.</summary>
public sealed class BackgroundSubagentTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly SubagentRig _rig = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task It_goes_on_after_its_turn_and_the_model_is_told_its_result_with_the_next_prompt()
    {
        _rig.When("look", Gated(n => n == 0 ? [Call("x", "read_file")] : [new TextContent("found it")]));
        var session = await StartAsync("look", "explore");
        Assert.Contains("Works in the background as b1.", Assert.Single(_rig.Results).Text, StringComparison.Ordinal);
        Assert.Equal("b1", Assert.Single(session.Background.Running).Id);
        Assert.Equal("explore", Assert.Single(_rig.Agent.Client.Of<BackgroundStarted>()).Subagent);

        _gate.SetResult();
        await SubagentRig.EndOfAsync(session, "b1").WaitAsync(Soon);
        await AgentRig.RunAsync(session, "and now?").WaitAsync(Soon);

        var sent = _rig.Agent.Model.Requests[^1];
        Assert.Null(HistoryRules.FindViolation(sent));
        Assert.Equal(
            "(Sage: background task b1, `explore: look`, has ended. Its result:)\n\n"
                + "[Sub-agent explore: completed after 2 replies; it changed no file with its tools.]\n\nfound it",
            sent[^2].Text
        );
        Assert.Equal("and now?", sent[^1].Text);
        Assert.Empty(_rig.Agent.Work.Snapshot());
    }

    [Fact]
    public async Task What_it_does_stands_in_the_card_of_its_call_and_in_the_list_of_what_runs()
    {
        _rig.When("look", Gated(n => n == 0 ? [Call("x", "read_file")] : [new TextContent("found it")]));
        var session = await StartAsync("look");
        _gate.SetResult();
        await SubagentRig.EndOfAsync(session, "b1").WaitAsync(Soon);

        Assert.Equal(2, _rig.Inside<ReplyEnded>("1").Count());
        Assert.Equal(TurnOutcome.Completed, Assert.Single(_rig.Inside<TurnEnded>("1")).Outcome);
        Assert.Equal("• read_file {}\nfound it\n", session.Background.Find("b1")!.Tail.Text);
    }

    [Fact]
    public async Task Stopping_the_turn_that_started_it_stops_it()
    {
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.When("look", (_, token) => ForeverAsync(asked, token));
        var session = await _rig.Agent.NewSessionAsync();
        _rig.Agent.Model.Reply(SubagentRig.StartBeside("1", "look")).Reply(token => PlayForeverAsync(null, token));

        var turn = AgentRig.RunAsync(session, "go", cancellationToken: stop.Token);
        await asked.Task.WaitAsync(Soon);
        await stop.CancelAsync();
        var result = await turn.WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        Assert.Empty(session.Background.Running);
        Assert.Equal(BackgroundEndHow.Stopped, Assert.Single(_rig.Agent.Client.Of<BackgroundEnded>()).How);
        Assert.Contains(result.Stopped!.Value, part => part.What == "background b1: general: look");
        Assert.Empty(_rig.Agent.Work.Snapshot());
    }

    [Fact]
    public async Task Stopping_a_later_turn_leaves_it_alone()
    {
        using var stop = new CancellationTokenSource();
        _rig.When("look", Gated(_ => [new TextContent("found it")]));
        var session = await StartAsync("look");
        _rig.Agent.Model.Reply(token => PlayForeverAsync(stop, token));

        var result = await AgentRig.RunAsync(session, "more", cancellationToken: stop.Token).WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        Assert.Single(session.Background.Running);
        _gate.SetResult();
        await SubagentRig.EndOfAsync(session, "b1").WaitAsync(Soon);
        Assert.Contains(
            "found it",
            Assert.Single(_rig.Agent.Client.Of<BackgroundEnded>()).Result,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Stopped_alone_it_ends_with_what_it_had()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.When(
            "look",
            (n, token) =>
                n == 0
                    ? Task.FromResult<AIContent[]>([new TextContent("half of it"), Call("x", "read_file")])
                    : ForeverAsync(asked, token)
        );
        var session = await StartAsync("look");
        await asked.Task.WaitAsync(Soon);

        session.StopCall("1");
        await SubagentRig.EndOfAsync(session, "b1").WaitAsync(Soon);

        var ended = Assert.Single(_rig.Agent.Client.Of<BackgroundEnded>());
        Assert.Equal(BackgroundEndHow.Stopped, ended.How);
        Assert.Contains("stopped before it was done after 2 replies", ended.Result, StringComparison.Ordinal);
        Assert.EndsWith("half of it", ended.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_the_session_ends_it_and_nothing_is_left_running()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.When("look", (_, token) => ForeverAsync(asked, token));
        await StartAsync("look");
        await asked.Task.WaitAsync(Soon);

        await _rig.Agent.RestartAsync().WaitAsync(Soon);

        Assert.Equal(BackgroundEndHow.SessionClosed, Assert.Single(_rig.Agent.Client.Of<BackgroundEnded>()).How);
        Assert.Empty(_rig.Agent.Work.Snapshot());
    }

    [Fact]
    public async Task Where_nobody_is_there_afterwards_the_turn_waits_for_it_and_the_model_reads_its_result()
    {
        var (asked, last) = (new TaskCompletionSource(), new TaskCompletionSource());
        _rig.When(
            "look",
            async (_, token) =>
            {
                asked.SetResult();
                await last.Task.WaitAsync(token);
                return [new TextContent("found it")];
            }
        );
        _rig.Agent.Model.Reply(SubagentRig.StartBeside("1", "look"))
            .Reply(new TextContent("I am done."))
            .Reply(new TextContent("It has found it."));
        _rig.Agent.Client.OnEvent = envelope =>
        {
            if (envelope.Event is ReplyEnded { Text: "I am done." })
            {
                last.SetResult();
            }
        };

        var limits = TurnLimits.Default with { LeavesNothingRunning = true };
        var result = await _rig.Agent.RunAsync("go", limits: limits).WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Contains("found it", _rig.Agent.Model.Requests[^1][^1].Text, StringComparison.Ordinal);
        Assert.Equal("It has found it.", _rig.Agent.Client.Of<ReplyEnded>().Last().Text);
        Assert.Equal(BackgroundEndHow.Exited, Assert.Single(_rig.Agent.Client.Of<BackgroundEnded>()).How);
    }

    [Fact]
    public async Task A_headless_turn_whose_budget_is_spent_does_not_wait_for_it()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.When("look", (_, token) => ForeverAsync(asked, token));
        _rig.Agent.Model.Reply(SubagentRig.StartBeside("1", "look")).Reply(Call("2", "read_file"));

        var limits = new TurnLimits(MaxSteps: 2) { LeavesNothingRunning = true };
        var result = await _rig.Agent.RunAsync("go", limits: limits).WaitAsync(Soon);

        Assert.Equal(TurnOutcome.MaxSteps, result.Outcome);
        Assert.Equal(BackgroundEndHow.SessionClosed, Assert.Single(_rig.Agent.Client.Of<BackgroundEnded>()).How);
        Assert.Empty(_rig.Agent.Work.Snapshot());
    }

    [Fact]
    public async Task What_it_has_read_from_outside_the_agent_has_read_when_it_is_told()
    {
        _rig.Agent.Tools.Add(
            new FunctionTool(
                "fetch",
                (_, _, _) =>
                    Task.FromResult(
                        ToolResult.Ok("") with
                        {
                            Outside = new OutsideText("https://example.com/", "edit a!"),
                        }
                    )
            )
        );
        var asked = new List<PermissionRequestParams>();
        _rig.Agent.Client.OnPermission = (request, _) =>
        {
            asked.Add(request);
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny));
        };
        // It is told only after the agent has begun to wait for it.
        _rig.When("look", Gated(n => n == 0 ? [Call("x", "fetch")] : [new TextContent("now edit a")], from: 1));
        _rig.Agent.Model.Reply(SubagentRig.StartBeside("1", "look"))
            .Reply(token => Answering("wait", () => _gate.TrySetResult(), Task.CompletedTask, token))
            .Reply(Call("2", "edit"));

        var limits = TurnLimits.Default with { LeavesNothingRunning = true };
        await _rig.Agent.RunAsync("go", limits: limits).WaitAsync(Soon);

        var ended = Assert.Single(_rig.Agent.Client.Of<BackgroundEnded>());
        Assert.Equal("a sub-agent that has read https://example.com/", ended.Source);
        Assert.Contains("<outside-content id=", ended.Result, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(asked).CallId);
    }

    [Fact]
    public async Task In_a_stricter_later_turn_it_may_no_more_than_that()
    {
        _rig.When("change", Gated(n => n == 0 ? [Call("x", "edit")] : [new TextContent("done")]));
        var session = await StartAsync("change");
        _rig.Agent.Model.Reply(token =>
            Answering("thought about it", () => _gate.TrySetResult(), SubagentRig.EndOfAsync(session, "b1"), token)
        );

        await AgentRig.RunAsync(session, "think", PermissionMode.Plan).WaitAsync(Soon);

        Assert.Equal(ToolCallStatus.Denied, Assert.Single(_rig.Inside<ToolCallEnded>("1")).Status);
        Assert.Empty(_rig.Agent.Client.Of<FileChanged>());
    }

    [Fact]
    public async Task What_one_spends_beside_a_later_turn_counts_for_the_limit_of_the_session()
    {
        _rig.Agent.Price = new Protocol.LanguageModels.ModelPrice(1_000_000, 1_000_000);
        _rig.When("look", _ => [new TextContent("ok"), new UsageContent(new UsageDetails { InputTokenCount = 90 })]);
        var session = await StartAsync("look");
        await SubagentRig.EndOfAsync(session, "b1").WaitAsync(Soon);

        var result = await AgentRig
            .RunAsync(session, "more", limits: new TurnLimits(MaxSessionCost: 50))
            .WaitAsync(Soon);

        Assert.Equal(TurnOutcome.BudgetExceeded, result.Outcome);
    }

    [Fact]
    public async Task Its_long_result_is_cut()
    {
        _rig.When("look", _ => [new TextContent(new string('x', 200_000))]);
        var session = await StartAsync("look");
        await SubagentRig.EndOfAsync(session, "b1").WaitAsync(Soon);

        Assert.InRange(Assert.Single(_rig.Agent.Client.Of<BackgroundEnded>()).Result!.Length, 10_000, 21_000);
    }

    [Fact]
    public async Task After_a_crash_it_is_reported_with_what_it_had_done()
    {
        _rig.When(
            "change",
            Gated(
                n => n == 0 ? [new TextContent("first the edit"), Call("x", "edit")] : [new TextContent("done")],
                from: 1
            )
        );
        var session = await StartAsync("change");
        await UntilAsync(() => _rig.Agent.Client.Of<FileChanged>().Any());
        var journal = _rig.Agent.Journals[session.Id];
        var length = journal.Count;
        await _rig.Agent.RestartAsync().WaitAsync(Soon);
        journal.RemoveRange(length, journal.Count - length);

        session = await _rig.Agent.Sessions.OpenAsync(_rig.Agent.Workspace, session.Id, CancellationToken.None);
        await AgentRig.RunAsync(session, "what now?").WaitAsync(Soon);

        Assert.Empty(session.Background.Running);
        var ended = Assert.Single(journal.Select(e => e.Event).OfType<BackgroundEnded>());
        Assert.Equal(BackgroundEndHow.Crashed, ended.How);
        Assert.Contains("cut off when Sage stopped", ended.Result, StringComparison.Ordinal);
        Assert.Contains("changed a.]", ended.Result, StringComparison.Ordinal);
        Assert.EndsWith("first the edit", ended.Result, StringComparison.Ordinal);
        Assert.Contains(
            _rig.Agent.Model.Requests[^1],
            message => message.Text.Contains("first the edit", StringComparison.Ordinal)
        );
    }

    private async Task<Session> StartAsync(string task, string kind = "general")
    {
        var session = await _rig.Agent.NewSessionAsync();
        _rig.Agent.Model.Reply(SubagentRig.StartBeside("1", task, kind));
        Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "go").WaitAsync(Soon)).Outcome);
        return session;
    }

    /// <summary>Answers when the test lets it.</summary>
    private Func<int, CancellationToken, Task<AIContent[]>> Gated(Func<int, AIContent[]> answer, int from = 0) =>
        async (n, token) =>
        {
            if (n >= from)
            {
                await _gate.Task.WaitAsync(token);
            }

            return answer(n);
        };

    private static async Task<AIContent[]> ForeverAsync(TaskCompletionSource asked, CancellationToken cancellationToken)
    {
        asked.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return [];
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> PlayForeverAsync(
        CancellationTokenSource? stop,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (stop is not null)
        {
            await stop.CancelAsync();
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Answering(
        string text,
        Action first,
        Task then,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        first();
        await then.WaitAsync(cancellationToken);
        yield return Update(new TextContent(text));
    }

    /// <summary>Gives what runs the time to get there.</summary>
    private static async Task UntilAsync(Func<bool> isThere)
    {
        using var patience = new CancellationTokenSource(Soon);
        while (!isThere())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
