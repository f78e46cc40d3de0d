using Sage.Agent.BackgroundWork;
using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.BackgroundWork;

/// <summary>Finds what a request about background work names.</summary>
internal sealed class BackgroundLookup(SessionRegistry sessions, OpenFolders folders)
{
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownSession"/></exception>
    public async Task<BackgroundTasks> TasksOfAsync(string sessionId, CancellationToken cancellationToken) =>
        (await sessions.OpenAsync(folders.Workspace, sessionId, cancellationToken)).Background;

    /// <exception cref="SageException">There is no such session, or no such task in it.</exception>
    public async Task<BackgroundTask> TaskAsync(string sessionId, string taskId, CancellationToken cancellationToken) =>
        (await TasksOfAsync(sessionId, cancellationToken)).Find(taskId)
        ?? throw new SageException(
            ErrorCodes.InvalidParams,
            $"Parameter 'taskId': the session has no background task {taskId}."
        );
}
