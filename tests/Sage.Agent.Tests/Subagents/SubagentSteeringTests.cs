using Microsoft.Extensions.AI;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Subagents;

public sealed class SubagentSteeringTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Words_for_one_reach_it_before_its_next_request_and_nobody_else()
    {
        await using var rig = new SubagentRig();
        var session = await rig.Agent.NewSessionAsync();
        rig.When(
                "slow",
                async (n, token) =>
                {
                    if (n == 0)
                    {
                        await session.SteerSubagentAsync("1", "w1", "only the tests", token);
                        return [Call("x", "read_file")];
                    }

                    return [new TextContent("only the tests, then")];
                }
            )
            .When("other", _ => [new TextContent("ok")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "slow"), SubagentRig.Start("2", "other"));

        await AgentRig.RunAsync(session, "go").WaitAsync(Soon);

        Assert.EndsWith("only the tests, then", rig.Results[0].Text, StringComparison.Ordinal);
        var second = rig.Agent.Model.Requests.Single(sent => SubagentRig.IsSubagent(sent) && sent.Count > 2);
        Assert.Equal("(The user says while you work:)\n\nonly the tests", second[^1].Text);
        Assert.Equal(
            [("w1", SteerState.Accepted), ("w1", SteerState.Delivered)],
            rig.Inside<Steer>("1").Select(steer => (steer.Id, steer.State))
        );
        Assert.Empty(rig.Inside<Steer>("2"));
        Assert.Empty(rig.Agent.Client.Of<Steer>());
        Assert.DoesNotContain(
            rig.Agent.Model.Requests.Where(sent => !SubagentRig.IsSubagent(sent)).SelectMany(sent => sent),
            message => message.Text.Contains("only the tests", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Words_that_come_when_it_is_done_make_it_go_on()
    {
        await using var rig = new SubagentRig();
        var session = await rig.Agent.NewSessionAsync();
        rig.When(
            "a",
            async (n, token) =>
            {
                if (n == 0)
                {
                    await session.SteerSubagentAsync("1", "w1", "look again", token);
                }

                return [new TextContent(n == 0 ? "done" : "looked again")];
            }
        );
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        await AgentRig.RunAsync(session, "go").WaitAsync(Soon);

        Assert.EndsWith("looked again", Assert.Single(rig.Results).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_it_did_not_read_before_it_was_stopped_are_dropped()
    {
        await using var rig = new SubagentRig();
        var session = await rig.Agent.NewSessionAsync();
        rig.When(
            "a",
            async (_, token) =>
            {
                await session.SteerSubagentAsync("1", "w1", "too late", token);
                session.StopCall("1");
                await Task.Delay(Timeout.Infinite, token);
                return [];
            }
        );
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        await AgentRig.RunAsync(session, "go").WaitAsync(Soon);

        Assert.Equal([SteerState.Accepted, SteerState.Dropped], rig.Inside<Steer>("1").Select(steer => steer.State));
        Assert.Equal(0, session.WaitingPrompts);
    }

    [Fact]
    public async Task One_that_does_not_work_takes_no_words()
    {
        await using var rig = new SubagentRig();
        rig.When("a", _ => [new TextContent("done")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));
        var session = await rig.Agent.NewSessionAsync();
        await AgentRig.RunAsync(session, "go").WaitAsync(Soon);

        var error = await Assert.ThrowsAsync<SageException>(() =>
            session.SteerSubagentAsync("1", "w1", "hello", CancellationToken.None)
        );

        Assert.Equal(ErrorCodes.NoTurnRunning, error.Code);
    }

    [Fact]
    public async Task One_in_the_background_takes_words_after_its_turn()
    {
        await using var rig = new SubagentRig();
        var session = await rig.Agent.NewSessionAsync();
        var (asked, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.When(
            "a",
            async (n, token) =>
            {
                if (n == 0)
                {
                    asked.SetResult();
                    await gate.Task.WaitAsync(token);
                }

                return [new TextContent(n == 0 ? "done" : "looked again")];
            }
        );
        rig.Agent.Model.Reply(SubagentRig.StartBeside("1", "a"));
        await AgentRig.RunAsync(session, "go").WaitAsync(Soon);
        await asked.Task.WaitAsync(Soon);

        await session.SteerSubagentAsync("1", "w1", "look again", CancellationToken.None);
        gate.SetResult();
        await SubagentRig.EndOfAsync(session, "b1").WaitAsync(Soon);

        Assert.EndsWith(
            "looked again",
            Assert.Single(rig.Agent.Client.Of<BackgroundEnded>()).Result,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_it_says_is_shown_while_it_says_it()
    {
        await using var rig = new SubagentRig();
        rig.When("a", _ => [new TextContent("found"), new TextContent(" it")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        await rig.Agent.RunAsync("go").WaitAsync(Soon);

        var pieces = rig.Agent.Client.Of<SubagentDelta>().ToList();
        Assert.Equal("found it", string.Concat(pieces.Select(piece => piece.Text)));
        Assert.All(pieces, piece => Assert.Equal(("1", "r1"), (piece.CallId, piece.ReplyId)));
    }
}
