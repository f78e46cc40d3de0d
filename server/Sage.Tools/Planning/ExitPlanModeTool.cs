using System.ComponentModel;
using Sage.Agent.Permissions;
using Sage.Agent.Plans;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Plans;
using Sage.Tools.Schemas;

namespace Sage.Tools.Planning;

internal sealed record ExitPlanModeInput(
    [property: Description("Markdown: what and why in a few sentences, then one numbered step for each change.")]
        string Plan
);

/// <summary>Proposes a plan to the user. When they accept it, plan mode ends and its steps become the plan that is kept.</summary>
internal sealed class ExitPlanModeTool()
    : Tool<ExitPlanModeInput>(
        Name,
        "Propose your plan when you have explored enough, and wait until the user accepts it, comments on it or refuses it.",
        ToolInputJson.Default.ExitPlanModeInput,
        // People may be away; stopping the turn ends the wait.
        TimeSpan.FromDays(1),
        // All that the user wrote is for the model to read.
        outputBudget: 200_000
    )
{
    private const string Name = "exit_plan_mode";

    /// <summary>What nobody reads is no plan.</summary>
    private const int LongestPlan = 40_000;

    public override bool IsForPlanning => true;

    protected override Preparation PrepareCall(ExitPlanModeInput input, ToolContext context)
    {
        if (string.IsNullOrWhiteSpace(input.Plan))
        {
            return new Preparation.Rejected("`plan` is empty.");
        }

        if (input.Plan.Length > LongestPlan)
        {
            return new Preparation.Rejected(
                $"`plan` has {input.Plan.Length} characters, and may have {LongestPlan}. Say what will be done, not every line of it."
            );
        }

        // Journal, card and quotes count the same lines.
        var plan = input.Plan.ReplaceLineEndings("\n").Trim();
        return new Preparation.Accepted(
            new PreparedCall(
                $"Plan: {PlanSteps.TitleOf(plan)}",
                ResourceAccess.None,
                new PermissionKey(PermissionKind.Read, Name),
                async token => Result(plan, await context.ReviewPlan(plan, token))
            )
        );
    }

    private static ToolResult Result(string plan, PlanReview review) =>
        review switch
        {
            PlanReview.Answered({ Decision: PlanDecision.Accept } answer) => Accepted(answer.Plan ?? plan, answer),
            PlanReview.Answered({ Decision: PlanDecision.Revise } answer) => new ToolResult(
                ToolCallStatus.Denied,
                PlanAnswerText.Revise(answer)
            ),
            PlanReview.Answered({ } answer) => new ToolResult(ToolCallStatus.Denied, PlanAnswerText.Reject(answer))
            {
                EndsTurn = true,
            },
            PlanReview.Unseen => ToolResult.Ok(PlanAnswerText.Unseen) with { EndsTurn = true },
            PlanReview.Refused(var why) => ToolResult.Error(why),
            _ => throw new ArgumentOutOfRangeException(nameof(review)),
        };

    private static ToolResult Accepted(string plan, ReviewPlanResult answer)
    {
        var steps = PlanSteps.Of(plan);
        return ToolResult.Ok(PlanAnswerText.Accept(answer, steps.Length)) with
        {
            Events = steps.IsEmpty ? [] : [new PlanUpdated(steps)],
        };
    }
}
