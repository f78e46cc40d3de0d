using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Turns;

/// <summary>A connection that breaks in the middle of a reply loses nothing of it.</summary>
public sealed class BrokenReplyTests
{
    [Fact]
    public async Task The_model_is_asked_to_go_on_and_the_user_is_told()
    {
        await using var rig = new AgentRig();
        rig.Model.Reply(_ => Breaking(new TextContent("The heron is "))).Reply(new TextContent("in the reeds."));

        var result = await rig.RunAsync("where?");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(["The heron is ", "in the reeds."], rig.Client.Of<ReplyEnded>().Select(e => e.Text));
        Assert.Contains("broke", Assert.Single(rig.Client.Of<Notice>()).Text, StringComparison.Ordinal);
        var asked = rig.Model.Requests[^1];
        Assert.Equal((ChatRole.Assistant, "The heron is "), (asked[^2].Role, asked[^2].Text));
        Assert.Equal(ChatRole.User, asked[^1].Role);
        Assert.Contains("Go on", asked[^1].Text, StringComparison.Ordinal);
        Assert.Null(HistoryRules.FindViolation(asked));
    }

    [Fact]
    public async Task Calls_that_were_complete_run_to_their_end_and_the_model_reads_their_results()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => "a heron"));
        rig.Model.Reply(_ => Breaking(new TextContent("I look."), Call("1", "look"))).Reply(new TextContent("Seen."));

        var result = await rig.RunAsync("look");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(ToolCallStatus.Ok, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
        var asked = rig.Model.Requests[^1];
        Assert.Equal("a heron", asked[^1].Contents.OfType<ToolCallAnswer>().Single().Text);
        Assert.Null(HistoryRules.FindViolation(asked));
    }

    [Fact]
    public async Task A_connection_that_keeps_breaking_fails_the_turn_with_all_that_was_said()
    {
        await using var rig = new AgentRig();
        for (var i = 0; i < 5; i++)
        {
            var piece = $"piece {i} ";
            rig.Model.Reply(_ => Breaking(new TextContent(piece)));
        }

        var result = await rig.RunAsync("talk");

        Assert.Equal((TurnOutcome.Failed, TurnErrorCodes.Network), (result.Outcome, result.Error?.Code));
        Assert.Equal(["piece 0 ", "piece 1 ", "piece 2 "], rig.Client.Of<ReplyEnded>().Select(e => e.Text));
    }

    [Fact]
    public async Task A_request_that_brought_nothing_is_not_asked_to_go_on()
    {
        await using var rig = new AgentRig();
        rig.Model.Reply(_ => Breaking());

        var result = await rig.RunAsync("talk");

        Assert.Equal(TurnOutcome.Failed, result.Outcome);
        Assert.Single(rig.Model.Requests);
    }

    [Fact]
    public async Task Stopping_between_the_break_and_the_rest_ends_the_turn()
    {
        await using var rig = new AgentRig();
        using var stop = new CancellationTokenSource();
        rig.Client.OnEvent = envelope =>
        {
            if (envelope.Event is Notice)
            {
                stop.Cancel();
            }
        };
        rig.Model.Reply(_ => Breaking(new TextContent("so far")));
        var session = await rig.NewSessionAsync();

        var result = await AgentRig.RunAsync(session, "talk", cancellationToken: stop.Token);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        rig.Client.OnEvent = null;
        Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "next")).Outcome);
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Breaking(params AIContent[] contents)
    {
        foreach (var content in contents)
        {
            await Task.Yield();
            yield return Update(content);
        }

        throw new ModelException(TurnErrorCodes.Network, "The connection broke.", retryable: true);
    }
}
