using Microsoft.Extensions.AI;
using Sage.Agent.ToolCalls;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Sessions;

public sealed class SessionTests
{
    [Fact]
    public async Task A_session_goes_on_after_a_restart_with_the_same_history()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
        rig.Model.Reply(new TextContent("Looking."), Call("1", "look")).Reply(new TextContent("It is there."));
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "where is it?");
        await rig.RestartAsync();
        var reopened = await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);
        await AgentRig.RunAsync(reopened, "and now?");
        var sent = rig.Model.Requests[^1];
        Assert.Equal(
            [ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.User],
            sent.Select(m => m.Role)
        );
        Assert.Null(HistoryRules.FindViolation(sent));
    }

    [Fact]
    public async Task A_journal_cut_anywhere_gives_a_session_that_works()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
        rig.Model.Reply(new TextContent("Looking."), Call("1", "look"), Call("2", "look"))
            .Reply(new TextContent("There."));
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "where is it?");
        var whole = rig.Journals[session.Id].ToList();
        for (var length = 1; length <= whole.Count; length++)
        {
            await rig.RestartAsync();
            var journal = rig.Journals[session.Id];
            journal.Clear();
            journal.AddRange(whole.Take(length));
            var reopened = await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);
            rig.Model.Reply(new TextContent("fine"));
            var result = await AgentRig.RunAsync(reopened, "next");
            Assert.Equal(TurnOutcome.Completed, result.Outcome);
            Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
            Assert.Equal(Enumerable.Range(1, journal.Count).Select(n => (long?)n), journal.Select(e => e.Seq));
        }
    }

    [Fact]
    public async Task A_client_that_comes_late_gets_the_text_in_flight()
    {
        await using var rig = new AgentRig();
        var go = new TaskCompletionSource();
        var inside = new TaskCompletionSource();
        rig.Tools.Add(
            new FunctionTool(
                "work",
                async (_, context, token) =>
                {
                    await context.Output("line 1\n");
                    await context.Output("line 2\n");
                    inside.SetResult();
                    await go.Task.WaitAsync(token);
                    return ToolResult.Ok("done");
                }
            )
        );
        rig.Model.Reply(Call("1", "work"));
        var session = await rig.NewSessionAsync();
        var turn = AgentRig.RunAsync(session, "go");
        await inside.Task;
        var snapshot = await session.SnapshotAsync(1, CancellationToken.None);
        Assert.True(snapshot.Running);
        Assert.Equal(new ToolOutput("1", 0, "line 1\nline 2\n"), snapshot.Events[^1].Event);
        go.SetResult();
        await turn;
        var after = await session.SnapshotAsync(3, CancellationToken.None);
        Assert.False(after.Running);
        Assert.Equal(3, after.Events[0].Seq);
        Assert.All(after.Events, e => Assert.NotNull(e.Seq));
    }

    [Fact]
    public async Task An_unknown_session_is_named()
    {
        await using var rig = new AgentRig();
        var error = await Assert.ThrowsAsync<SageException>(() =>
            rig.Sessions.OpenAsync(rig.Workspace, "nope", CancellationToken.None)
        );
        Assert.Equal(ErrorCodes.UnknownSession, error.Code);
        Assert.Contains("nope", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_the_sessions_ends_a_running_turn()
    {
        await using var rig = new AgentRig();
        var inside = new TaskCompletionSource();
        rig.Tools.Add(
            new FunctionTool(
                "wait",
                async (_, _, token) =>
                {
                    inside.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                    return ToolResult.Ok("never");
                }
            )
        );
        rig.Model.Reply(Call("1", "wait"));
        var turn = rig.RunAsync("go");
        await inside.Task;
        await rig.Sessions.DisposeAsync();
        Assert.Equal(TurnOutcome.Interrupted, (await turn).Outcome);
    }

    [Fact]
    public async Task A_session_that_cannot_be_started_says_why_and_lets_go_of_its_journal()
    {
        await using var rig = new AgentRig();
        rig.Journals.Fails = _ => true;
        var error = await Assert.ThrowsAsync<SageException>(rig.NewSessionAsync);
        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, rig.Journals.Open);
    }

    [Fact]
    public async Task A_journal_that_lost_everything_starts_again_like_a_new_one()
    {
        await using var rig = new AgentRig();
        var session = await rig.NewSessionAsync();
        await rig.RestartAsync();
        rig.Journals[session.Id].Clear();
        await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);
        Assert.IsType<SessionCreated>(rig.Journals[session.Id][0].Event);
    }
}
