using System.ComponentModel;
using Sage.Agent.BackgroundWork;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Tools.Schemas;

namespace Sage.Tools.Shell.Background;

internal sealed record StopCommandInput(
    [property: Description("Of a command or sub-agent in the background.")] string Id
);

/// <summary>Ends a background command, with everything it started.</summary>
internal sealed class StopCommandTool(TimeProvider time)
    : Tool<StopCommandInput>(
        Name,
        "End a background command or sub-agent and everything it started, and read the last of its output.",
        ToolInputJson.Default.StopCommandInput,
        TimeSpan.FromSeconds(60)
    )
{
    private const string Name = "stop_command";

    protected override Preparation PrepareCall(StopCommandInput input, ToolContext context) =>
        new Preparation.Accepted(
            new PreparedCall(
                $"Stop {input.Id}",
                ResourceAccess.None,
                new PermissionKey(PermissionKind.Read, Name, input.Id),
                token => StopAsync(input.Id, context, token)
            )
        );

    private async Task<ToolResult> StopAsync(string id, ToolContext context, CancellationToken cancellationToken)
    {
        if (context.Background.Find(id) is not { } task)
        {
            return TaskReport.Unknown(id, context.Background);
        }

        await BackgroundTasks.StopAsync(task).WaitAsync(cancellationToken);
        return await TaskReport.StateAsync(task, time);
    }
}
