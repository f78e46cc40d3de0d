using System.ComponentModel;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Tools.Schemas;

namespace Sage.Tools.Shell.Background;

internal sealed record CommandOutputInput(
    [property: Description("Of a command or sub-agent in the background.")] string Id,
    [property: Description("Seconds to wait for output or the end, at most 120; 0 by default.")] int? WaitS = null
);

/// <summary>Reads what a background command has said since it was read last.</summary>
internal sealed class CommandOutputTool(TimeProvider time)
    : Tool<CommandOutputInput>(
        Name,
        "Read what a background command or sub-agent has said since the last time, and whether it still runs.",
        ToolInputJson.Default.CommandOutputInput,
        TimeSpan.FromSeconds(30)
    )
{
    private const string Name = "command_output";
    private const int LongestWaitS = 120;

    // A first line seldom comes alone.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(150);

    protected override Preparation PrepareCall(CommandOutputInput input, ToolContext context)
    {
        if (input.WaitS is < 0 or > LongestWaitS)
        {
            return new Preparation.Rejected($"`wait_s` must be from 0 to {LongestWaitS}.");
        }

        var wait = TimeSpan.FromSeconds(input.WaitS ?? 0);
        return new Preparation.Accepted(
            new PreparedCall(
                $"Read output of {input.Id}",
                ResourceAccess.None,
                new PermissionKey(PermissionKind.Read, Name, input.Id),
                token => ReadAsync(input.Id, wait, context, token)
            )
            {
                Timeout = wait + Definition.Timeout,
            }
        );
    }

    private async Task<ToolResult> ReadAsync(
        string id,
        TimeSpan wait,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.Background.Find(id) is not { } task)
        {
            return TaskReport.Unknown(id, context.Background);
        }

        using var timer = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await task.Work.WaitForOutputAsync(either.Token);
            await task.Ended.WaitAsync(Gathering, time, either.Token);
        }
        catch (TimeoutException)
        {
            // There was output, and there may be more: that is for the next time.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It was waited for long enough.
        }

        return await TaskReport.StateAsync(task, time);
    }
}
