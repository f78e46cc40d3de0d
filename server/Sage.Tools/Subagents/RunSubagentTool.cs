using System.ComponentModel;
using Sage.Agent.Permissions;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls;
using Sage.Tools.Schemas;

namespace Sage.Tools.Subagents;

internal sealed record RunSubagentInput(
    [property: Description("All that it has to know: it sees nothing of this conversation.")] string Task,
    [property: Description("explore: only reads. general: has your tools. Or one listed under Sub-agents.")]
        string Kind,
    [property: Description("Go on without waiting; you are told the result when it has ended.")] bool Background = false
);

/// <summary>
/// Gives a task to an agent with a context of its own. What that does is asked and ordered call by call, so the call itself touches
/// nothing; how long it may work it knows itself, because waiting for the user does not count.
/// </summary>
internal sealed class RunSubagentTool()
    : Tool<RunSubagentInput>(
        ToolName,
        "Give a task to a sub-agent with a context of its own; you get its last reply. Several in one reply work at the same time. For broad searches and for parts that stand alone.",
        ToolInputJson.Default.RunSubagentInput,
        Timeout.InfiniteTimeSpan,
        outputBudget: 20_000
    )
{
    private const string ToolName = "run_subagent";

    protected override Preparation PrepareCall(RunSubagentInput input, ToolContext context)
    {
        if (string.IsNullOrWhiteSpace(input.Task))
        {
            return new Preparation.Rejected("`task` is empty.");
        }

        var task = new SubagentTask(input.Kind, input.Task) { InBackground = input.Background };
        return new Preparation.Accepted(
            new PreparedCall(
                task.Title,
                ResourceAccess.None,
                new PermissionKey(PermissionKind.Read, ToolName, input.Kind),
                token => context.RunSubagent(task, token)
            )
        );
    }
}
