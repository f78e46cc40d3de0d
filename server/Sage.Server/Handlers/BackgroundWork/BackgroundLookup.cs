using Sage.Agent.BackgroundWork;
using Sage.Protocol;
using Sage.Server.Handlers.Sessions;

namespace Sage.Server.Handlers.BackgroundWork;

/// <summary>Finds what a request about background work names.</summary>
internal sealed class BackgroundLookup(SessionLookup sessions)
{
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownSession"/></exception>
    public async Task<BackgroundTasks> TasksOfAsync(string sessionId, CancellationToken cancellationToken) =>
        (await sessions.FindAsync(sessionId, cancellationToken)).Background;

    /// <exception cref="SageException">There is no such session, or no such task in it.</exception>
    public async Task<BackgroundTask> TaskAsync(string sessionId, string taskId, CancellationToken cancellationToken) =>
        (await TasksOfAsync(sessionId, cancellationToken)).Find(taskId)
        ?? throw new SageException(
            ErrorCodes.InvalidParams,
            $"Parameter 'taskId': the session has no background task {taskId}."
        );
}
