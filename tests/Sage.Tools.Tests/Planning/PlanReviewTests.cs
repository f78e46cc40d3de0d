using Microsoft.Extensions.AI;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;
using static Sage.Tools.Tests.Planning.PlanRig;

namespace Sage.Tools.Tests.Planning;

/// <summary>Whole turns in plan mode: nothing is changed before a plan is accepted, and then what the mode says.</summary>
public sealed class PlanReviewTests
{
    [Fact]
    public async Task An_accepted_plan_ends_plan_mode_and_becomes_the_list_of_steps()
    {
        await using var rig = Rig(out var edits);
        rig.Client.OnPlan = Answering(new ReviewPlanResult(PlanDecision.Accept, PermissionMode.AutoEdit));
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }))
            .Reply(Call("2", "edit"))
            .Reply(new TextContent("Done."));
        var session = await rig.NewSessionAsync();

        var result = await AgentRig.RunAsync(session, "add types", PermissionMode.Plan);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal("edit", Assert.Single(edits));
        Assert.Equal(new PlanProposed("1", Plan), Assert.Single(rig.Client.Of<PlanProposed>()));
        Assert.Equal(PermissionMode.AutoEdit, Assert.Single(rig.Client.Of<PlanAnswered>()).Mode);
        Assert.Equal(
            [
                new PlanItem("Find the cause", PlanItemStatus.Pending),
                new PlanItem("Fix cart.ts", PlanItemStatus.Pending),
            ],
            Assert.Single(rig.Client.Of<PlanUpdated>()).Items.AsEnumerable()
        );
        Assert.Contains("has accepted the plan", Results(rig)[0].Text, StringComparison.Ordinal);
        // Where the client names no mode, the session stays in the one that was chosen on the card.
        await session.RunTurnAsync(
            new RunTurnParams(session.Id, [new TextPart("go on")]),
            TurnLimits.Default,
            CancellationToken.None
        );
        Assert.Equal(PermissionMode.AutoEdit, rig.Client.Of<TurnStarted>().Last().Mode);
    }

    [Theory]
    [InlineData(PermissionMode.Ask, 1)]
    [InlineData(PermissionMode.AutoEdit, 0)]
    [InlineData(PermissionMode.Full, 1)]
    [InlineData(null, 1)]
    public async Task Edits_are_asked_about_as_the_chosen_mode_says_and_no_plan_leads_further(
        PermissionMode? mode,
        int asked
    )
    {
        await using var rig = Rig(out var edits);
        rig.Client.OnPlan = Answering(new ReviewPlanResult(PlanDecision.Accept, mode));
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan })).Reply(Call("2", "edit"));

        await rig.RunAsync("add types", PermissionMode.Plan);

        Assert.Single(edits);
        Assert.Equal(asked, rig.Client.Of<PermissionAsked>().Count());
    }

    [Fact]
    public async Task What_the_user_changed_and_said_is_in_the_result_and_the_steps_are_those_of_the_changed_plan()
    {
        await using var rig = Rig(out _);
        rig.Client.OnPlan = Answering(
            new ReviewPlanResult(
                PlanDecision.Accept,
                PermissionMode.Ask,
                "1. Only this",
                [new PlanComment(1, "1. Only this", "Keep the tests."), new PlanComment(1, "1. Only this", " ")],
                " Be quick. "
            )
        );
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }));

        await rig.RunAsync("add types", PermissionMode.Plan);

        var text = Results(rig)[0].Text;
        Assert.Contains("This is the plan now:\n\n1. Only this", text, StringComparison.Ordinal);
        Assert.Contains("On line 1 of the plan:\n> 1. Only this\nKeep the tests.", text, StringComparison.Ordinal);
        Assert.Contains("The user says: Be quick.", text, StringComparison.Ordinal);
        Assert.Equal("Only this", Assert.Single(Assert.Single(rig.Client.Of<PlanUpdated>()).Items).Text);
        Assert.Single(Assert.Single(rig.Client.Of<PlanAnswered>()).Comments!.Value);
    }

    [Fact]
    public async Task Comments_bring_another_plan_and_until_then_nothing_may_be_changed()
    {
        await using var rig = Rig(out var edits);
        var answers = new Queue<ReviewPlanResult>([
            new(PlanDecision.Revise, PermissionMode.AutoEdit, null, [new(3, "1. Find the cause", "It is known.")]),
            new(PlanDecision.Accept, PermissionMode.AutoEdit),
        ]);
        rig.Client.OnPlan = (_, _) => Task.FromResult<ReviewPlanResult?>(answers.Dequeue());
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }))
            .Reply(Call("2", "edit"), Call("3", "exit_plan_mode", new { plan = "1. Fix it" }))
            .Reply(Call("4", "edit"));

        await rig.RunAsync("add types", PermissionMode.Plan);

        Assert.Single(edits);
        Assert.Equal(
            [ToolCallStatus.Denied, ToolCallStatus.Denied, ToolCallStatus.Ok, ToolCallStatus.Ok],
            Results(rig).Select(result => result.Status)
        );
        Assert.Contains(
            "On line 3 of the plan:\n> 1. Find the cause\nIt is known.",
            Results(rig)[0].Text,
            StringComparison.Ordinal
        );
        Assert.Contains("still plan mode", Results(rig)[0].Text, StringComparison.Ordinal);
        Assert.Null(rig.Client.Of<PlanAnswered>().First().Mode);
    }

    [Fact]
    public async Task A_refused_plan_ends_the_turn_and_the_session_stays_in_plan_mode()
    {
        await using var rig = Rig(out _);
        rig.Client.OnPlan = Answering(new ReviewPlanResult(PlanDecision.Reject, Reason: "Not now."));
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }));
        var session = await rig.NewSessionAsync();

        var result = await AgentRig.RunAsync(session, "add types", PermissionMode.Plan);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Single(rig.Model.Requests);
        Assert.Equal(ToolCallStatus.Denied, Results(rig)[0].Status);
        Assert.Contains("The user says: Not now.", Results(rig)[0].Text, StringComparison.Ordinal);
        Assert.Empty(rig.Client.Of<PlanUpdated>());
        await AgentRig.RunAsync(session, "next", PermissionMode.Plan);
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }

    [Fact]
    public async Task Without_a_user_the_plan_is_the_result_and_nobody_is_said_to_have_accepted_it()
    {
        await using var rig = Rig(out var edits);
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan }), Call("2", "edit"));

        var result = await rig.RunAsync("add types", PermissionMode.Plan);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Single(rig.Model.Requests);
        Assert.Empty(edits);
        Assert.Empty(rig.Client.Of<PlanAnswered>());
        Assert.Contains("not accepted", Results(rig)[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_said_meanwhile_are_answered_although_the_plan_ends_the_turn()
    {
        await using var rig = Rig(out _);
        var session = await rig.NewSessionAsync();
        rig.Client.OnPlan = async (_, token) =>
        {
            await session.AcceptAsync("s1", SteerKind.Steer, [new TextPart("and the docs")], token);
            return new ReviewPlanResult(PlanDecision.Reject);
        };
        rig.Model.Reply(Call("1", "exit_plan_mode", new { plan = Plan })).Reply(new TextContent("The docs, too."));

        await AgentRig.RunAsync(session, "add types", PermissionMode.Plan);

        Assert.Equal(2, rig.Model.Requests.Count);
    }

    [Fact]
    public async Task Calls_that_came_with_the_plan_are_judged_by_plan_mode_however_soon_it_is_accepted()
    {
        await using var rig = Rig(out var edits);
        var accepted = rig.Client.NextAsync<PlanAnswered>();
        rig.Client.OnPlan = Answering(new ReviewPlanResult(PlanDecision.Accept, PermissionMode.AutoEdit));
        rig.Model.Reply(token => PlanThenEditAsync(accepted, token));

        await rig.RunAsync("add types", PermissionMode.Plan);

        Assert.Empty(edits);
        Assert.Equal([ToolCallStatus.Ok, ToolCallStatus.Denied], Results(rig).Select(result => result.Status));
    }

    [Fact]
    public async Task A_second_plan_at_the_same_time_and_one_after_plan_mode_are_refused_with_the_reason()
    {
        await using var rig = Rig(out _);
        var both = new TaskCompletionSource();
        rig.Client.OnEvent = envelope =>
        {
            if (envelope.Event is ToolCallSettled)
            {
                both.TrySetResult();
            }
        };
        rig.Client.OnPlan = async (_, _) =>
        {
            await both.Task;
            return new ReviewPlanResult(PlanDecision.Accept);
        };
        rig.Model.Reply(
                Call("1", "exit_plan_mode", new { plan = Plan }),
                Call("2", "exit_plan_mode", new { plan = Plan })
            )
            .Reply(Call("3", "exit_plan_mode", new { plan = Plan }));

        await rig.RunAsync("add types", PermissionMode.Plan);

        var texts = Results(rig).Select(result => result.Text).ToList();
        Assert.Contains(texts[..2], text => text.Contains("one at a time", StringComparison.Ordinal));
        Assert.Contains("Plan mode has ended", texts[2], StringComparison.Ordinal);
        Assert.Single(rig.Client.Of<PlanProposed>());
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> PlanThenEditAsync(
        Task accepted,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return Update(Call("1", "exit_plan_mode", new { plan = Plan }));
        await accepted.WaitAsync(cancellationToken);
        yield return Update(Call("2", "edit"));
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.ToolCalls };
    }
}
