using Microsoft.Extensions.AI;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using Sage.Tools.Subagents;
using static Sage.TestKit.Agents.ScriptedChatClient;
using static Sage.Tools.Tests.Planning.PlanRig;

namespace Sage.Tools.Tests.Planning;

/// <summary>What a stop, a crash, a summary and other modes make of a plan.</summary>
public sealed class PlanSurvivalTests
{
    [Fact]
    public async Task Stopping_while_the_user_is_asked_ends_the_turn_whole_and_the_mode_stays()
    {
        await using var rig = Rig(out var edits);
        using var stop = new CancellationTokenSource();
        rig.Client.OnPlan = async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan })).Reply(Call("2", "edit"));
        var session = await rig.NewSessionAsync();

        var result = await AgentRig.RunAsync(session, "add types", PermissionMode.Plan, cancellationToken: stop.Token);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        Assert.Equal(ToolCallStatus.Cancelled, Results(rig)[0].Status);
        rig.Model.Reply(new TextContent("Still planning."));
        await session.RunTurnAsync(
            new RunTurnParams(session.Id, [new TextPart("next")]),
            TurnLimits.Default,
            CancellationToken.None
        );
        Assert.Equal(PermissionMode.Plan, rig.Client.Of<TurnStarted>().Last().Mode);
        Assert.Empty(edits);
    }

    [Fact]
    public async Task A_server_that_dies_while_the_user_looks_at_the_plan_asks_again_and_goes_on()
    {
        await using var rig = Rig(out var edits);
        rig.Client.OnPlan = Answering(new ReviewPlanResult(PlanDecision.Accept, PermissionMode.AutoEdit));
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }));
        var id = await CutOffAfterAsync<PlanProposed>(rig);

        var session = await rig.Sessions.OpenAsync(rig.Workspace, id, CancellationToken.None);
        Assert.True(session.IsSuspended);
        rig.Model.Reply(Call("2", "edit")).Reply(new TextContent("Done."));
        var result = await session.ResumeTurnAsync(TurnLimits.Default, CancellationToken.None);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Single(edits);
        Assert.Empty(rig.Journals[id].Select(e => e.Event).OfType<PermissionAsked>());
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }

    [Fact]
    public async Task A_plan_that_is_refused_after_the_crash_ends_the_turn_without_another_request()
    {
        await using var rig = Rig(out _);
        rig.Client.OnPlan = Answering(new ReviewPlanResult(PlanDecision.Reject));
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }));
        var id = await CutOffAfterAsync<PlanProposed>(rig);
        var before = rig.Model.Requests.Count;

        var session = await rig.Sessions.OpenAsync(rig.Workspace, id, CancellationToken.None);
        var result = await session.ResumeTurnAsync(TurnLimits.Default, CancellationToken.None);

        Assert.Equal((TurnOutcome.Completed, before), (result.Outcome, rig.Model.Requests.Count));
    }

    [Fact]
    public async Task A_turn_that_is_resumed_later_has_the_mode_that_the_plan_was_accepted_in()
    {
        await using var rig = Rig(out var edits);
        rig.Client.OnPlan = Answering(new ReviewPlanResult(PlanDecision.Accept, PermissionMode.Ask));
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan })).Reply(Call("2", "edit"));
        var id = await CutOffAfterAsync<PermissionAsked>(rig);
        edits.Clear();

        var session = await rig.Sessions.OpenAsync(rig.Workspace, id, CancellationToken.None);
        await session.ResumeTurnAsync(TurnLimits.Default, CancellationToken.None);

        Assert.Single(edits);
    }

    [Fact]
    public async Task Every_request_of_the_turn_offers_the_same_tools_and_other_modes_do_not_offer_this_one()
    {
        await using var rig = Rig(out _);
        rig.Client.OnPlan = Answering(new ReviewPlanResult(PlanDecision.Accept));
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }));
        var session = await rig.NewSessionAsync();

        await AgentRig.RunAsync(session, "add types", PermissionMode.Plan);
        await AgentRig.RunAsync(session, "go on", PermissionMode.Ask);

        var offers = rig.Model.Offers.Select(tools => tools.Select(tool => tool.Name).ToList()).ToList();
        // Behind everything else, so that what stands before it is the same in every mode.
        Assert.Equal(["edit", "zoom", "exit_plan_mode"], offers[0]);
        Assert.Equal(offers[0], offers[1]);
        Assert.Equal(["edit", "zoom"], offers[2]);
        Assert.Equal(rig.Model.Requests[0][0].Text, rig.Model.Requests[1][0].Text);
    }

    [Fact]
    public async Task Outside_of_plan_mode_there_is_no_such_tool()
    {
        await using var rig = Rig(out _);
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }));

        await rig.RunAsync("add types", PermissionMode.Ask);

        Assert.Contains("There is no tool named 'exit_plan_mode'", Results(rig)[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("edit, exit_plan_mode", Results(rig)[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sub_agent_proposes_no_plan_also_where_it_only_reads()
    {
        await using var rig = Rig(out _);
        rig.Tools.Add(new RunSubagentTool());
        rig.Model.Reply(Call("1", "run_subagent", new { task = "Look", kind = "explore" }))
            .Reply(Call("2", "exit_plan_mode", new { plan = Plan }))
            .Reply(new TextContent("I have looked."));

        await rig.RunAsync("add types", PermissionMode.Plan);

        Assert.DoesNotContain(rig.Model.Offers[1], tool => tool.Name == "exit_plan_mode");
        Assert.Empty(rig.Client.Of<PlanProposed>());
        Assert.Contains(
            rig.Client.Of<SubagentEvent>().Select(inside => inside.Event).OfType<ToolCallEnded>(),
            ended => ended.Text.StartsWith("There is no tool named 'exit_plan_mode'", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_accepted_plan_is_still_known_when_the_conversation_was_summarised()
    {
        await using var rig = Rig(out _);
        rig.Client.OnPlan = Answering(
            new ReviewPlanResult(PlanDecision.Accept, Plan: "1. Fix it\n\nKeep `load()` as it is.")
        );
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan })).Reply(new TextContent("Begun."));
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "add types", PermissionMode.Plan);
        await AgentRig.RunAsync(session, "go on", PermissionMode.Ask);
        rig.Model.Reply(new TextContent("A summary."));

        await session.CompactAsync(CancellationToken.None);
        await AgentRig.RunAsync(session, "and now?", PermissionMode.Ask);

        var said = string.Concat(rig.Model.Requests[^1].Skip(1).Select(message => message.Text));
        Assert.Contains("The user has accepted this plan", said, StringComparison.Ordinal);
        Assert.Contains("Keep `load()` as it is.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_in_a_plan_and_in_what_is_said_to_it_are_hidden()
    {
        const string key = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
        await using var rig = Rig(out _);
        var accept = Answering(
            new ReviewPlanResult(
                PlanDecision.Accept,
                Plan: $"1. Use {key} twice",
                Comments: [new PlanComment(1, $"1. Use {key}", $"Not {key}")],
                Reason: $"{key}!"
            )
        );
        var shown = "";
        rig.Client.OnPlan = (request, token) =>
        {
            shown = request.Plan;
            return accept(request, token);
        };
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = $"1. Use {key}" }));
        var session = await rig.NewSessionAsync();

        await AgentRig.RunAsync(session, "add types", PermissionMode.Plan);

        Assert.DoesNotContain(
            rig.Client.Envelopes,
            envelope => envelope.ToString().Contains(key, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            rig.Client.Of<PlanAnswered>().SelectMany(answer => answer.Comments!.Value),
            comment => comment.ToString().Contains(key, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(key, Results(rig)[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, shown, StringComparison.Ordinal);
    }

    /// <summary>A session whose process died in its first turn, right after an event of this kind.</summary>
    private static async Task<string> CutOffAfterAsync<T>(AgentRig rig)
        where T : SessionEvent
    {
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "add types", PermissionMode.Plan);
        var whole = rig.Journals[session.Id].ToList();
        await rig.RestartAsync();
        var journal = rig.Journals[session.Id];
        journal.Clear();
        journal.AddRange(whole.Take(whole.FindIndex(e => e.Event is T) + 1));
        return session.Id;
    }
}
