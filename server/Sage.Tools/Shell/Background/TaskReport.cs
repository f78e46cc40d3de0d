using Sage.Agent.BackgroundWork;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;

namespace Sage.Tools.Shell.Background;

/// <summary>Words for background tasks.</summary>
internal static class TaskReport
{
    public static ToolResult Started(BackgroundTask task) =>
        ToolResult.Ok(
            $"Runs in the background as {task.Id}. command_output reads what it says, stop_command ends it; "
                + "it goes on when this turn ends."
        );

    /// <summary>The user moved a command that was waited for.</summary>
    public static ToolResult Moved(BackgroundTask task, string output) =>
        ToolResult.Ok(
            $"{Said(output)}\n\n[the user moved it to the background as {task.Id}, where it goes on: command_output reads "
                + "what it says next, stop_command ends it]"
        );

    /// <summary>What it said, and how it stands.</summary>
    public static async Task<ToolResult> StateAsync(BackgroundTask task, TimeProvider time)
    {
        var said = task.Work.TakeOutput();
        var state = $"[{task.Id} {await StateOfAsync(task, time)}]";
        return task.Work.Source is { } source && said.Length > 0
            ? ToolResult.Ok(state) with
            {
                Outside = new OutsideText(source, said),
            }
            : ToolResult.Ok($"{Said(said)}\n\n{state}");
    }

    /// <summary>An id that names no task.</summary>
    public static ToolResult Unknown(string id, BackgroundTasks tasks) =>
        ToolResult.Error(
            tasks.All.IsEmpty
                ? $"There is no background task `{id}`: nothing was started in the background."
                : $"There is no background task `{id}`. There is: {Names(tasks.All)}."
        );

    public static string Names(IEnumerable<BackgroundTask> tasks) =>
        string.Join(", ", tasks.Select(task => $"{task.Id} ({task.Title})"));

    private static string Said(string output) => output.Length == 0 ? "(no new output)" : output.TrimEnd('\n');

    private static async Task<string> StateOfAsync(BackgroundTask task, TimeProvider time)
    {
        if (task.End is not { } end)
        {
            return $"is running, since {CommandReport.Seconds(time.GetUtcNow() - task.StartedAt)}";
        }

        var after = CommandReport.Seconds(TimeSpan.FromMilliseconds(end.Ms));
        return end.How == BackgroundEndHow.Stopped
            ? $"was stopped after {after}"
            : $"has ended: {(await task.Work.Completion).Description}, after {after}{(end.Result is null ? "" : "; its result is told to you")}";
    }
}
