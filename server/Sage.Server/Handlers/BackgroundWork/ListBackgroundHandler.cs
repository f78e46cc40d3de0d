using MediatR;
using Sage.Agent.BackgroundWork;
using Sage.Protocol.BackgroundWork;

namespace Sage.Server.Handlers.BackgroundWork;

/// <summary>Lists what a session has in the background.</summary>
internal sealed class ListBackgroundHandler(BackgroundLookup lookup)
    : IRequestHandler<ListBackgroundParams, ListBackgroundResult>
{
    public async Task<ListBackgroundResult> Handle(ListBackgroundParams request, CancellationToken cancellationToken) =>
        new([.. (await lookup.TasksOfAsync(request.SessionId, cancellationToken)).All.Select(Summary)]);

    private static BackgroundTaskSummary Summary(BackgroundTask task) =>
        new(task.Id, task.CallId, task.Title, task.StartedAt, task.End?.How, task.End?.ExitCode, task.Work.Subagent);
}
