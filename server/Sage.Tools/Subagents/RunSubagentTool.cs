using System.ComponentModel;
using Sage.Agent.Permissions;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls;
using Sage.Tools.Schemas;

namespace Sage.Tools.Subagents;

internal sealed record RunSubagentInput(
    [property: Description("All that it has to know: it sees nothing of this conversation.")] string Task,
    [property: Description("explore: only reads. general: has your tools.")] string Kind
);

/// <summary>Gives a task to an agent with a context of its own. What that does is asked and ordered call by call, so the call itself touches nothing.</summary>
internal sealed class RunSubagentTool()
    : Tool<RunSubagentInput>(
        ToolName,
        "Give a task to a sub-agent with a context of its own; you get its last reply. Several in one reply work at the same time. For broad searches and for parts that stand alone.",
        ToolInputJson.Default.RunSubagentInput,
        TimeSpan.FromHours(2),
        outputBudget: 20_000
    )
{
    private const string ToolName = "run_subagent";
    private const int LongestTitle = 80;

    protected override Preparation PrepareCall(RunSubagentInput input, ToolContext context) =>
        string.IsNullOrWhiteSpace(input.Task)
            ? new Preparation.Rejected("`task` is empty.")
            : new Preparation.Accepted(
                new PreparedCall(
                    $"{input.Kind}: {FirstLine(input.Task)}",
                    ResourceAccess.None,
                    new PermissionKey(PermissionKind.Read, ToolName, input.Kind),
                    token => context.RunSubagent(new SubagentTask(input.Kind, input.Task), token)
                )
            );

    private static string FirstLine(string task)
    {
        var line = task.Trim().Split('\n', 2)[0].TrimEnd();
        return line.Length <= LongestTitle ? line : $"{line[..LongestTitle]}…";
    }
}
