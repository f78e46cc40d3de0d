using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Plans;
using Sage.TestKit.Agents;
using Sage.Tools.Planning;

namespace Sage.Tools.Tests.Planning;

/// <summary>An agent in memory that can propose plans, look closer, and edit.</summary>
internal static class PlanRig
{
    public const string Plan = "## Types\n\n1. Find the cause\n2. Fix `cart.ts`";

    public static AgentRig Rig(out List<string> edits)
    {
        var made = edits = [];
        var rig = new AgentRig();
        rig.Tools.Add(new ExitPlanModeTool());
        rig.Tools.Add(FunctionTool.Answering("zoom", _ => "closer"));
        rig.Tools.Add(
            new FunctionTool(
                "edit",
                (_, _, _) =>
                {
                    made.Add("edit");
                    return Task.FromResult(ToolResult.Ok("edited"));
                }
            )
            {
                Kind = PermissionKind.Edit,
            }
        );
        return rig;
    }

    public static Func<ReviewPlanParams, CancellationToken, Task<ReviewPlanResult?>> Answering(
        ReviewPlanResult answer
    ) => (_, _) => Task.FromResult<ReviewPlanResult?>(answer);

    public static List<ToolCallEnded> Results(AgentRig rig) => [.. rig.Client.Of<ToolCallEnded>()];
}
