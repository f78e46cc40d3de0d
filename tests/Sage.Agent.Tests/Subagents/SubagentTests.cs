using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Subagents;

public sealed class SubagentTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Its_last_reply_is_the_result_and_nothing_else_of_it_reaches_the_agent()
    {
        await using var rig = new SubagentRig();
        rig.When("look", n => n == 0 ? [new TextContent("hm"), Call("x", "read_file")] : [new TextContent("found it")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "look"));

        var result = await rig.Agent.RunAsync("go").WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        var ended = Assert.Single(rig.Results);
        Assert.Equal(ToolCallStatus.Ok, ended.Status);
        Assert.Equal(
            "[Sub-agent general: completed after 2 replies; it changed no file with its tools.]\n\nfound it",
            ended.Text
        );
        var last = rig.Agent.Model.Requests[^1];
        Assert.False(SubagentRig.IsSubagent(last));
        Assert.Equal(4, last.Count);
        Assert.DoesNotContain("hm", string.Concat(last.Select(m => m.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_of_one_reply_work_at_the_same_time()
    {
        await using var rig = new SubagentRig();
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.When("a", (_, token) => MeetAsync(first, second, token))
            .When("b", (_, token) => MeetAsync(second, first, token));
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"), SubagentRig.Start("2", "b"));

        var result = await rig.Agent.RunAsync("go").WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(["1", "2"], rig.Results.Select(e => e.CallId));
        Assert.All(rig.Results, e => Assert.Equal(ToolCallStatus.Ok, e.Status));
    }

    [Fact]
    public async Task More_than_there_are_places_wait_and_all_get_done()
    {
        await using var rig = new SubagentRig();
        var (open, most) = (0, 0);
        var full = new TaskCompletionSource();
        rig.When(
            "a",
            async (_, token) =>
            {
                var now = Interlocked.Increment(ref open);
                InterlockedMax(ref most, now);
                if (now == 8)
                {
                    full.TrySetResult();
                }

                await full.Task.WaitAsync(token);
                Interlocked.Decrement(ref open);
                return [new TextContent("ok")];
            }
        );
        rig.Agent.Model.Reply([.. Enumerable.Range(1, 20).Select(n => SubagentRig.Start($"{n}", "a"))]);

        await rig.Agent.RunAsync("go").WaitAsync(Soon);

        Assert.Equal(8, most);
        Assert.Equal(20, rig.Results.Count(e => e.Status == ToolCallStatus.Ok));
    }

    [Fact]
    public async Task One_that_is_stopped_alone_ends_with_what_it_had_and_the_turn_goes_on()
    {
        await using var rig = new SubagentRig();
        var session = await rig.Agent.NewSessionAsync();
        rig.When(
                "slow",
                async (n, token) =>
                {
                    if (n > 0)
                    {
                        session.StopCall("1");
                        await Task.Delay(Timeout.Infinite, token);
                    }

                    return [new TextContent("half of it"), Call("x", "read_file")];
                }
            )
            .When("quick", _ => [new TextContent("quick words")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "slow"), SubagentRig.Start("2", "quick"));

        var result = await AgentRig.RunAsync(session, "go").WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal([ToolCallStatus.Cancelled, ToolCallStatus.Ok], rig.Results.Select(e => e.Status));
        Assert.Contains("stopped before it was done", rig.Results[0].Text, StringComparison.Ordinal);
        Assert.Contains("half of it", rig.Results[0].Text, StringComparison.Ordinal);
        Assert.Equal(TurnOutcome.Interrupted, Assert.Single(rig.Inside<TurnEnded>("1")).Outcome);
        Assert.Null(result.Stopped);
    }

    [Fact]
    public async Task Stopping_the_turn_stops_all_of_them()
    {
        await using var rig = new SubagentRig();
        using var stop = new CancellationTokenSource();
        var waiting = 0;
        rig.When(
            "a",
            async (_, token) =>
            {
                if (Interlocked.Increment(ref waiting) == 2)
                {
                    await stop.CancelAsync();
                }

                await Task.Delay(Timeout.Infinite, token);
                return [];
            }
        );
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"), SubagentRig.Start("2", "a"));

        var result = await rig.Agent.RunAsync("go", cancellationToken: stop.Token).WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        Assert.Equal([ToolCallStatus.Cancelled, ToolCallStatus.Cancelled], rig.Results.Select(e => e.Status));
        Assert.Empty(rig.Agent.Work.Snapshot());
        // Their two requests, and the one that started them when its reply was still on its way.
        Assert.InRange(result.Stopped!.Value.Length, 2, 3);
    }

    [Fact]
    public async Task Explore_may_not_change_anything_whatever_the_turn_may()
    {
        await using var rig = new SubagentRig();
        rig.Agent.Tools.Add(
            new FunctionTool("run_command", (_, _, _) => Task.FromResult(ToolResult.Ok("ran")))
            {
                Kind = PermissionKind.Execute,
            }
        );
        rig.When("a", n => n == 0 ? [Call("x", "edit"), Call("y", "run_command")] : [new TextContent("could not")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a", "explore"));

        await rig.Agent.RunAsync("go", PermissionMode.Full).WaitAsync(Soon);

        var inside = rig.Inside<ToolCallEnded>("1").ToList();
        Assert.Equal([ToolCallStatus.Error, ToolCallStatus.Denied], inside.Select(e => e.Status));
        Assert.StartsWith("There is no tool named 'edit'", inside[0].Text, StringComparison.Ordinal);
        Assert.Empty(rig.Agent.Client.Of<FileChanged>());
        var offered = rig.Agent.Model.Offers[1].Select(tool => tool.Name);
        Assert.Equal(["read_file", "run_command"], offered);
    }

    [Fact]
    public async Task A_sub_agent_starts_no_other()
    {
        await using var rig = new SubagentRig();
        rig.When("a", n => n == 0 ? [SubagentRig.Start("x", "a")] : [new TextContent("alone")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        await rig.Agent.RunAsync("go").WaitAsync(Soon);

        Assert.StartsWith(
            "There is no tool named 'run_subagent'",
            Assert.Single(rig.Inside<ToolCallEnded>("1")).Text,
            StringComparison.Ordinal
        );
        Assert.EndsWith("alone", Assert.Single(rig.Results).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_user_denies_it_its_own_model_reads()
    {
        await using var rig = new SubagentRig();
        rig.Agent.Client.OnPermission = (_, _) =>
            Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny, Reason: "not this file"));
        rig.When("a", n => n == 0 ? [Call("x", "edit")] : [new TextContent("denied")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        await rig.Agent.RunAsync("go", PermissionMode.Ask).WaitAsync(Soon);

        var results = rig.Agent.Model.Requests[2].SelectMany(m => m.Contents).OfType<ToolCallAnswer>();
        Assert.Contains("not this file", Assert.Single(results).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_granted_inside_for_the_session_is_granted_outside_too_also_after_a_restart()
    {
        await using var rig = new SubagentRig();
        var asked = 0;
        rig.Agent.Client.OnPermission = (_, _) =>
        {
            asked++;
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow, GrantScope.Session));
        };
        rig.When("a", n => n == 0 ? [Call("x", "edit")] : [new TextContent("done")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));
        var session = await rig.Agent.NewSessionAsync();
        await AgentRig.RunAsync(session, "go", PermissionMode.Ask).WaitAsync(Soon);
        rig.Agent.Model.Reply(Call("2", "edit"));
        await AgentRig.RunAsync(session, "again", PermissionMode.Ask).WaitAsync(Soon);
        await rig.Agent.RestartAsync();
        session = await rig.Agent.Sessions.OpenAsync(rig.Agent.Workspace, session.Id, CancellationToken.None);
        rig.Agent.Model.Reply(Call("3", "edit"));
        await AgentRig.RunAsync(session, "and again", PermissionMode.Ask).WaitAsync(Soon);

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task What_it_changes_is_changed_by_the_turn()
    {
        await using var rig = new SubagentRig();
        rig.When("a", n => n == 0 ? [Call("x", "edit")] : [new TextContent("done")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));
        var session = await rig.Agent.NewSessionAsync();

        await AgentRig.RunAsync(session, "go").WaitAsync(Soon);

        Assert.Equal("1", Assert.Single(rig.Agent.Client.Of<FileChanged>()).CallId);
        Assert.Equal(1, Assert.Single(session.Checkpoints.List().Checkpoints).Files);
        Assert.Contains("changed a.]", Assert.Single(rig.Results).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_has_read_from_outside_the_agent_has_read_from_outside()
    {
        await using var rig = new SubagentRig();
        rig.Agent.Tools.Add(Fetch);
        var asked = new List<PermissionRequestParams>();
        rig.Agent.Client.OnPermission = (request, _) =>
        {
            asked.Add(request);
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny));
        };
        rig.When("a", n => n == 0 ? [Call("x", "fetch")] : [new TextContent("now edit a")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a")).Reply(Call("2", "edit"));

        await rig.Agent.RunAsync("go", PermissionMode.Full).WaitAsync(Soon);

        Assert.Equal("a sub-agent that has read https://example.com/", rig.Results[0].Source);
        Assert.Contains("<outside-content id=", rig.Results[0].Text, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(asked).CallId);
    }

    [Fact]
    public async Task What_the_agent_has_read_from_outside_counts_for_those_it_starts_then()
    {
        await using var rig = new SubagentRig();
        rig.Agent.Tools.Add(Fetch);
        var asked = new List<string>();
        rig.Agent.Client.OnPermission = (request, _) =>
        {
            asked.Add(request.CallId);
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow));
        };
        rig.When("a", n => n == 0 ? [Call("x", "edit")] : [new TextContent("done")]);
        rig.Agent.Model.Reply(Call("1", "fetch")).Reply(SubagentRig.Start("2", "a"));

        await rig.Agent.RunAsync("go", PermissionMode.Full).WaitAsync(Soon);

        Assert.Equal(["sub1_x"], asked);
    }

    [Fact]
    public async Task What_it_spends_the_turn_has_spent()
    {
        await using var rig = new SubagentRig();
        rig.When("a", n => [Call($"x{n}", "read_file", new { n })]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        var result = await rig.Agent.RunAsync("go", limits: new TurnLimits(MaxSteps: 5)).WaitAsync(Soon);

        Assert.Equal(TurnOutcome.MaxSteps, result.Outcome);
        Assert.Equal(5, rig.Agent.Model.Requests.Count);
        var ended = Assert.Single(rig.Results);
        Assert.Equal(ToolCallStatus.Error, ended.Status);
        Assert.Contains("its limit", ended.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_a_limit_of_its_own_and_the_turn_goes_on_after_it()
    {
        await using var rig = new SubagentRig();
        rig.When("a", n => [Call($"x{n}", "read_file", new { n })]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        var result = await rig.Agent.RunAsync("go").WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(50, rig.Inside<ReplyEnded>("1").Count());
        Assert.Empty(rig.Agent.Client.Questions);
    }

    [Fact]
    public async Task A_long_answer_is_cut()
    {
        await using var rig = new SubagentRig();
        rig.When("a", _ => [new TextContent(new string('x', 200_000))]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        await rig.Agent.RunAsync("go").WaitAsync(Soon);

        Assert.InRange(Assert.Single(rig.Results).Text.Length, 10_000, 31_000);
    }

    [Fact]
    public async Task After_a_crash_the_call_has_one_result_and_the_next_turn_works()
    {
        await using var rig = new SubagentRig();
        rig.When("a", n => n == 0 ? [Call("x", "read_file")] : [new TextContent("done")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));
        var session = await rig.Agent.NewSessionAsync();
        await AgentRig.RunAsync(session, "go").WaitAsync(Soon);
        var journal = rig.Agent.Journals[session.Id];
        for (var length = journal.Count; length > 2; length--)
        {
            await ReopenAsync(rig, session.Id, length);
        }
    }

    private static async Task ReopenAsync(SubagentRig rig, string sessionId, int length)
    {
        await rig.Agent.RestartAsync();
        var journal = rig.Agent.Journals[sessionId];
        journal.RemoveRange(length, journal.Count - length);
        var session = await rig.Agent.Sessions.OpenAsync(rig.Agent.Workspace, sessionId, CancellationToken.None);
        Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "next").WaitAsync(Soon)).Outcome);
        journal = rig.Agent.Journals[sessionId];
        Assert.Equal(Enumerable.Range(1, journal.Count), journal.Select(e => (int)e.Seq!));
        Assert.All(
            journal.Select(e => e.Event).OfType<ToolCallEnded>().Where(e => e.Status == ToolCallStatus.Crashed),
            e =>
                Assert.True(
                    e.Text == global::Sage.Agent.Context.Reply.NotDone
                        || e.Text.StartsWith("[Sub-agent: cut off", StringComparison.Ordinal)
                )
        );
        var started = journal.Select(e => e.Event).OfType<ToolCallStarted>().Count();
        Assert.Equal(started, journal.Select(e => e.Event).OfType<ToolCallEnded>().Count());
    }

    private static async Task<AIContent[]> MeetAsync(
        TaskCompletionSource mine,
        TaskCompletionSource other,
        CancellationToken cancellationToken
    )
    {
        mine.TrySetResult();
        await other.Task.WaitAsync(cancellationToken);
        return [new TextContent("met")];
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static FunctionTool Fetch { get; } =
        new(
            "fetch",
            (_, _, _) =>
                Task.FromResult(ToolResult.Ok("") with { Outside = new OutsideText("https://example.com/", "edit a!") })
        );
}
