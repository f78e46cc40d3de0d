using CsCheck;
using Microsoft.Extensions.AI;
using Sage.Agent.Context;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Sessions;

public sealed class PromptQueueTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_steer_is_read_before_the_next_reply_behind_the_results_of_the_calls()
    {
        await using var rig = new AgentRig();
        Session session = null!;
        rig.Tools.Add(Tool("work", () => SteerAsync(session, "s1", "use tabs")));
        session = await rig.NewSessionAsync();
        rig.Model.Reply(Call("1", "work")).Reply(new TextContent("Tabs it is."));

        await AgentRig.RunAsync(session, "go");

        var sent = rig.Model.Requests[^1];
        Assert.Equal(
            [ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.User],
            sent.Select(m => m.Role)
        );
        Assert.Contains("use tabs", sent[^1].Text, StringComparison.Ordinal);
        Assert.Equal([SteerState.Accepted, SteerState.Delivered], States(rig, "s1"));
    }

    [Fact]
    public async Task A_steer_that_comes_while_the_model_finishes_keeps_the_turn_going()
    {
        await using var rig = new AgentRig();
        var session = await rig.NewSessionAsync();
        rig.Model.Reply(_ => SayThenSteer(session)).Reply(new TextContent("Now with tests."));

        var result = await AgentRig.RunAsync(session, "go");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(2, rig.Model.Requests.Count);
        Assert.Contains("and tests", rig.Model.Requests[^1][^1].Text, StringComparison.Ordinal);
        Assert.Single(rig.Client.Of<TurnEnded>());
    }

    [Fact]
    public async Task Without_a_running_turn_a_steer_is_refused()
    {
        await using var rig = new AgentRig();
        var session = await rig.NewSessionAsync();

        var before = await Assert.ThrowsAsync<SageException>(() => SteerAsync(session, "s1", "x"));
        await AgentRig.RunAsync(session, "go");
        var after = await Assert.ThrowsAsync<SageException>(() => SteerAsync(session, "s2", "x"));

        Assert.Equal([ErrorCodes.NoTurnRunning, ErrorCodes.NoTurnRunning], [before.Code, after.Code]);
        Assert.Empty(rig.Client.Of<Steer>());
    }

    [Fact]
    public async Task What_a_stopped_turn_did_not_take_waits_and_is_not_sent()
    {
        await using var rig = new AgentRig();
        Session session = null!;
        using var stop = new CancellationTokenSource();
        rig.Tools.Add(
            new FunctionTool(
                "work",
                async (_, _, token) =>
                {
                    await SteerAsync(session, "s1", "late");
                    await QueueAsync(session, "q1", "later");
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token);
                    return ToolResult.Ok("never");
                }
            )
        );
        session = await rig.NewSessionAsync();
        rig.Model.Reply(Call("1", "work"));

        await AgentRig.RunAsync(session, "go", cancellationToken: stop.Token).WaitAsync(Soon);

        Assert.Single(rig.Model.Requests);
        Assert.Equal([SteerState.Accepted], States(rig, "s1"));
        await RunQueuedAsync(session, "s1");
        await RunQueuedAsync(session, "q1");
        Assert.Equal(["go", "late", "later"], rig.Client.Of<TurnStarted>().Select(turn => turn.Prompt));
        Assert.Equal([SteerState.Accepted, SteerState.Delivered], States(rig, "s1"));
    }

    [Fact]
    public async Task Words_can_be_changed_and_taken_back_until_they_are_delivered()
    {
        await using var rig = new AgentRig();
        var session = await rig.NewSessionAsync();
        await QueueAsync(session, "a", "first");
        await QueueAsync(session, "b", "second");

        await session.EditQueuedAsync("a", [new TextPart("first, better")], CancellationToken.None);
        await session.RemoveQueuedAsync("b", CancellationToken.None);
        await RunQueuedAsync(session, "a");

        Assert.Equal("first, better", Assert.Single(rig.Client.Of<TurnStarted>()).Prompt);
        foreach (var id in new[] { "a", "b", "never" })
        {
            var edit = await Assert.ThrowsAsync<SageException>(() =>
                session.EditQueuedAsync(id, [new TextPart("x")], CancellationToken.None)
            );
            var run = await Assert.ThrowsAsync<SageException>(() => RunQueuedAsync(session, id));
            Assert.Equal([ErrorCodes.NotWaiting, ErrorCodes.NotWaiting], [edit.Code, run.Code]);
        }

        // An id is used once: a repeated message must not be sent twice.
        await Assert.ThrowsAsync<SageException>(() => QueueAsync(session, "a", "again"));
        Assert.Single(rig.Client.Of<TurnStarted>());
    }

    [Fact]
    public async Task The_order_is_the_users_and_survives_a_restart()
    {
        await using var rig = new AgentRig();
        var session = await rig.NewSessionAsync();
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await QueueAsync(session, id, $"prompt {id}");
        }

        await session.ReorderQueuedAsync(["c", "a", "unknown"], CancellationToken.None);
        await rig.RestartAsync();
        var reopened = await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);

        Assert.Equal(["c", "a", "b", "d"], Waiting(rig, session.Id).InOrder.Select(waiting => waiting.Id));
        await RunQueuedAsync(reopened, "c");
        Assert.Equal(["a", "b", "d"], Waiting(rig, session.Id).InOrder.Select(waiting => waiting.Id));
    }

    [Fact]
    public async Task A_queued_prompt_can_become_a_steer()
    {
        await using var rig = new AgentRig();
        Session session = null!;
        rig.Tools.Add(
            Tool(
                "work",
                async () =>
                {
                    await QueueAsync(session, "a", "now, please");
                    await SteerAsync(session, "a", "now, please");
                }
            )
        );
        session = await rig.NewSessionAsync();
        rig.Model.Reply(Call("1", "work"));

        await AgentRig.RunAsync(session, "go");

        Assert.Contains("now, please", rig.Model.Requests[^1][^1].Text, StringComparison.Ordinal);
        Assert.True(Waiting(rig, session.Id).InOrder.IsEmpty);
    }

    [Fact]
    public async Task A_steer_that_a_crash_caught_waits_afterwards()
    {
        await using var rig = new AgentRig();
        Session session = null!;
        rig.Tools.Add(Tool("work", () => SteerAsync(session, "s1", "mind the gap")));
        session = await rig.NewSessionAsync();
        rig.Model.Reply(Call("1", "work"));
        await AgentRig.RunAsync(session, "go");
        var whole = rig.Journals[session.Id].ToList();
        var accepted = whole.FindIndex(envelope => envelope.Event is Steer);
        for (var length = accepted + 1; length <= whole.Count; length++)
        {
            await rig.RestartAsync();
            rig.Journals[session.Id].Clear();
            rig.Journals[session.Id].AddRange(whole.Take(length));

            var reopened = await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);
            await AgentRig.RunAsync(reopened, "next");

            var said = rig.Model.Requests[^1].Count(m => m.Text.Contains("mind the gap", StringComparison.Ordinal));
            Assert.Equal(1, said + Waiting(rig, session.Id).InOrder.Count(waiting => waiting.Id == "s1"));
            Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
        }
    }

    [Fact]
    public async Task Whatever_the_user_does_meanwhile_each_word_is_delivered_once_or_waits_or_was_taken_back() =>
        await Gen.Int[0, 3].Array[1, 12].Array[1, 4].SampleAsync(InterleaveAsync, iter: 60);

    // Each user says something, steers, edits or takes back at its own pace while the model calls a tool again and again.
    private static async Task InterleaveAsync(int[][] users)
    {
        await using var rig = new AgentRig();
        Session session = null!;
        var start = new TaskCompletionSource();
        rig.Tools.Add(Tool("work", async () => await Task.Yield()));
        session = await rig.NewSessionAsync();
        var acting = Task.WhenAll(users.Select((acts, user) => ActAsync(session, start.Task, user, acts)));
        rig.Model.Fallback = sent =>
        {
            start.TrySetResult();
            return acting.IsCompleted ? [new TextContent("done")] : [Call($"c{sent.Count}", "work")];
        };

        await AgentRig.RunAsync(session, "go", limits: new(MaxSteps: 100_000)).WaitAsync(Soon);
        await acting.WaitAsync(Soon);
        await AgentRig.RunAsync(session, "the end");

        var heard = string.Join('\n', rig.Model.Requests[^1].Select(message => message.Text)).Split('\n');
        var waiting = Waiting(rig, session.Id);
        foreach (var id in rig.Client.Of<Steer>().Select(steer => steer.Id).Distinct())
        {
            var dropped = States(rig, id).Count(state => state == SteerState.Dropped);
            var delivered = heard.Count(line => line.StartsWith($"{id}:", StringComparison.Ordinal));
            Assert.Equal(1, dropped + delivered + waiting.InOrder.Count(prompt => prompt.Id == id));
        }

        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }

    private static async Task ActAsync(Session session, Task start, int user, int[] acts)
    {
        await start;
        foreach (var (n, act) in acts.Index())
        {
            await Task.Yield();
            try
            {
                await (
                    act switch
                    {
                        0 => SteerAsync(session, $"{user}.{n}", $"{user}.{n}: steer"),
                        1 => QueueAsync(session, $"{user}.{n}", $"{user}.{n}: queue"),
                        2 => session.EditQueuedAsync(
                            $"{user}.{n - 1}",
                            [new TextPart($"{user}.{n - 1}: edited")],
                            CancellationToken.None
                        ),
                        _ => session.RemoveQueuedAsync($"{user}.{n - 1}", CancellationToken.None),
                    }
                );
            }
            catch (SageException refused) when (refused.Code is ErrorCodes.NotWaiting or ErrorCodes.NoTurnRunning)
            {
                // Too late, or never there.
            }
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> SayThenSteer(Session session)
    {
        yield return Update(new TextContent("Done."));
        await SteerAsync(session, "s1", "and tests");
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
    }

    private static FunctionTool Tool(string name, Func<Task> run) =>
        new(
            name,
            async (_, _, _) =>
            {
                await run();
                return ToolResult.Ok("ok");
            }
        );

    private static Task SteerAsync(Session session, string id, string words) =>
        session.AcceptAsync(id, SteerKind.Steer, [new TextPart(words)], CancellationToken.None);

    private static Task QueueAsync(Session session, string id, string words) =>
        session.AcceptAsync(id, SteerKind.Queue, [new TextPart(words)], CancellationToken.None);

    private static Task<RunTurnResult> RunQueuedAsync(Session session, string id) =>
        session.RunTurnAsync(
            new RunTurnParams(session.Id, [], PermissionMode.Full, QueuedId: id),
            TurnLimits.Default,
            CancellationToken.None
        );

    private static SteerState[] States(AgentRig rig, string id) =>
        [.. rig.Client.Of<Steer>().Where(steer => steer.Id == id).Select(steer => steer.State)];

    private static WaitingPrompts Waiting(AgentRig rig, string sessionId) =>
        rig.Journals[sessionId]
            .Aggregate(WaitingPrompts.None, (waiting, next) => waiting.After((DurableEvent)next.Event));
}
