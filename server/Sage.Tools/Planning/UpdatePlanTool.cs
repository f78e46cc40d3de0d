using System.Collections.Immutable;
using System.ComponentModel;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Schemas;

namespace Sage.Tools.Planning;

internal sealed record UpdatePlanInput(
    [property: Description("The whole plan; it replaces the one before.")] ImmutableArray<PlanItem> Items
);

/// <summary>Keeps the list of steps that the user watches.</summary>
internal sealed class UpdatePlanTool()
    : Tool<UpdatePlanInput>(
        Name,
        "Show the user your plan for work of several steps, and keep it current: one item in_progress at a time.",
        ToolInputJson.Default.UpdatePlanInput,
        TimeSpan.FromSeconds(30)
    )
{
    private const string Name = "update_plan";

    protected override Preparation PrepareCall(UpdatePlanInput input, ToolContext context)
    {
        var items = input.Items.IsDefault ? [] : input.Items;
        if (items.Any(static item => string.IsNullOrWhiteSpace(item.Text)))
        {
            return new Preparation.Rejected("Each item of the plan needs a `text`.");
        }

        var done = items.Count(static item => item.Status == PlanItemStatus.Completed);
        var result = ToolResult.Ok(
            items.IsEmpty ? "The plan is empty now." : $"Plan updated: {done} of {items.Length} completed."
        ) with
        {
            Events = [new PlanUpdated(items)],
        };
        return new Preparation.Accepted(
            new PreparedCall(
                items.IsEmpty ? "Clear the plan" : $"Plan: {done} of {items.Length} completed",
                ResourceAccess.None,
                new PermissionKey(PermissionKind.Read, Name),
                _ => Task.FromResult(result)
            )
        );
    }
}
