using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Finds the session that a request names.</summary>
internal sealed class SessionLookup(SessionRegistry sessions, OpenFolders folders)
{
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownSession"/></exception>
    public Task<Session> FindAsync(string sessionId, CancellationToken cancellationToken) =>
        sessions.OpenAsync(folders.Workspace, sessionId, cancellationToken);

    /// <summary>Changes the session; there is nothing to answer.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownSession"/></exception>
    public async Task<Done> ChangeAsync(
        string sessionId,
        Func<Session, Task> change,
        CancellationToken cancellationToken
    )
    {
        await change(await FindAsync(sessionId, cancellationToken));
        return Done.Value;
    }
}
