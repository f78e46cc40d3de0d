using Microsoft.Extensions.AI;
using Sage.Agent.Permissions;
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

/// <summary>A process that dies while it asks the user takes only the question with it.</summary>
public sealed class SuspendedTurnTests
{
    [Fact]
    public async Task A_turn_that_asked_when_the_process_died_asks_again_and_goes_on()
    {
        await using var rig = Rig(out var edits);
        var session = await CutOffAsync(rig, edits, BeforeTheAnswers);

        var opened = await session.SnapshotAsync(1, CancellationToken.None);
        Assert.Equal((false, true), (opened.Running, opened.Suspended));
        Assert.Empty(edits);
        rig.Model.Reply(new TextContent("Edited."));
        var result = await session.ResumeTurnAsync(TurnLimits.Default, CancellationToken.None);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(["a", "b"], edits.Order());
        Assert.Equal("t1", Assert.Single(Of<TurnEnded>(rig, session)).TurnId);
        Assert.Equal("Edited.", Of<ReplyEnded>(rig, session)[^1].Text);
        Assert.False((await session.SnapshotAsync(1, CancellationToken.None)).Suspended);
        AssertWhole(rig, session);
    }

    [Fact]
    public async Task A_journal_cut_anywhere_is_resumed_or_closed_and_every_call_has_its_one_result_in_order()
    {
        await using var rig = Rig(out var edits);
        var session = await CutOffAsync(rig, edits, journal => journal.Count);
        var whole = rig.Journals[session.Id].ToList();
        var resumed = 0;
        for (var length = 1; length <= whole.Count; length++)
        {
            edits.Clear();
            session = await ReopenAsync(rig, session.Id, whole.Take(length));
            if (session.IsSuspended)
            {
                resumed++;
                await session.ResumeTurnAsync(TurnLimits.Default, CancellationToken.None);
                AssertWhole(rig, session);
            }

            Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "next")).Outcome);
            AssertWhole(rig, session);
        }

        Assert.InRange(resumed, 2, whole.Count);
    }

    [Fact]
    public async Task A_call_that_had_been_allowed_is_not_run_a_second_time()
    {
        await using var rig = Rig(out var edits);
        var session = await CutOffAsync(rig, edits, AfterTheFirstAnswer);

        var result = await session.ResumeTurnAsync(TurnLimits.Default, CancellationToken.None);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Single(edits);
        Assert.Equal(
            [ToolCallStatus.Crashed, ToolCallStatus.Ok],
            Of<ToolCallEnded>(rig, session).Select(e => e.Status).Order().Reverse()
        );
    }

    [Fact]
    public async Task Another_prompt_closes_it_and_the_model_learns_that_the_calls_did_not_run()
    {
        await using var rig = Rig(out var edits);
        var session = await CutOffAsync(rig, edits, BeforeTheAnswers);

        await AgentRig.RunAsync(session, "never mind");

        Assert.Empty(edits);
        Assert.All(Of<ToolCallEnded>(rig, session), e => Assert.Equal(ToolCallStatus.Cancelled, e.Status));
        Assert.Equal(
            [TurnOutcome.Interrupted, TurnOutcome.Completed],
            Of<TurnEnded>(rig, session).Select(e => e.Outcome)
        );
        AssertWhole(rig, session);
    }

    [Fact]
    public async Task Stopping_it_while_it_asks_again_ends_it_whole()
    {
        await using var rig = Rig(out var edits);
        var session = await CutOffAsync(rig, edits, BeforeTheAnswers);
        using var stop = new CancellationTokenSource();
        rig.Client.OnPermission = async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException("Nobody answers.");
        };

        var result = await session.ResumeTurnAsync(TurnLimits.Default, stop.Token);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        Assert.Empty(edits);
        Assert.False(session.IsSuspended);
        AssertWhole(rig, session);
    }

    [Fact]
    public async Task What_was_spent_before_the_crash_counts()
    {
        await using var rig = Rig(out var edits);
        var session = await CutOffAsync(rig, edits, BeforeTheAnswers);

        var result = await session.ResumeTurnAsync(TurnLimits.Default with { MaxSteps = 1 }, CancellationToken.None);

        Assert.Equal((TurnOutcome.MaxSteps, 100), (result.Outcome, result.Usage.InputTokens));
    }

    [Fact]
    public async Task A_session_without_such_a_turn_has_nothing_to_resume()
    {
        await using var rig = Rig(out _);
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "go");

        var error = await Assert.ThrowsAsync<SageException>(() =>
            session.ResumeTurnAsync(TurnLimits.Default, CancellationToken.None)
        );

        Assert.Equal(ErrorCodes.NoTurnSuspended, error.Code);
        Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "next")).Outcome);
    }

    private static AgentRig Rig(out List<string> edits)
    {
        var made = edits = [];
        var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool(
                "edit",
                (input, _, _) =>
                {
                    lock (made)
                    {
                        made.Add(input.GetProperty("file").GetString()!);
                    }

                    return Task.FromResult(ToolResult.Ok("edited"));
                }
            )
            {
                Kind = PermissionKind.Execute,
            }
        );
        return rig;
    }

    /// <summary>A session whose process died in a turn with two edits, at a point of its journal.</summary>
    private static async Task<Session> CutOffAsync(
        AgentRig rig,
        List<string> edits,
        Func<List<EventEnvelope>, int> length
    )
    {
        rig.Model.Reply(
            new TextContent("I edit both."),
            Call("1", "edit", new { file = "a" }),
            Call("2", "edit", new { file = "b" }),
            new UsageContent(new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 })
        );
        // Nothing is answered before both are asked and the reply is over.
        var everything = new CountdownEvent(3);
        var answers = new TaskCompletionSource();
        rig.Client.OnEvent = envelope =>
        {
            if (envelope.Event is PermissionAsked or UsageReported && everything.Signal())
            {
                answers.SetResult();
            }
        };
        rig.Client.OnPermission = async (_, _) =>
        {
            await answers.Task;
            return new PermissionRequestResult(PermissionDecision.Allow);
        };
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "edit a and b", PermissionMode.Ask);
        edits.Clear();
        rig.Client.OnEvent = null;
        var journal = rig.Journals[session.Id];
        return await ReopenAsync(rig, session.Id, journal.Take(length(journal)));
    }

    private static int BeforeTheAnswers(List<EventEnvelope> journal) =>
        journal.FindIndex(e => e.Event is PermissionAnswered);

    private static int AfterTheFirstAnswer(List<EventEnvelope> journal) => BeforeTheAnswers(journal) + 1;

    private static async Task<Session> ReopenAsync(AgentRig rig, string id, IEnumerable<EventEnvelope> events)
    {
        var kept = events.ToList();
        await rig.RestartAsync();
        var journal = rig.Journals[id];
        journal.Clear();
        journal.AddRange(kept);
        rig.Client.OnPermission = (_, _) => Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow));
        return await rig.Sessions.OpenAsync(rig.Workspace, id, CancellationToken.None);
    }

    private static List<T> Of<T>(AgentRig rig, Session session)
        where T : DurableEvent => [.. rig.Journals[session.Id].Select(e => e.Event).OfType<T>()];

    private static void AssertWhole(AgentRig rig, Session session)
    {
        var journal = rig.Journals[session.Id];
        Assert.Equal(
            Of<ToolCallStarted>(rig, session).Select(e => e.CallId),
            Of<ToolCallEnded>(rig, session).Select(e => e.CallId)
        );
        Assert.Equal(
            Of<TurnStarted>(rig, session).Select(e => e.TurnId),
            Of<TurnEnded>(rig, session).Select(e => e.TurnId)
        );
        Assert.Equal(Enumerable.Range(1, journal.Count).Select(n => (long?)n), journal.Select(e => e.Seq));
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }
}
