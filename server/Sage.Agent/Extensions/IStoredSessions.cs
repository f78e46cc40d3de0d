using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Extensions;

/// <summary>
/// What is done to sessions as they lie on the disk, without opening them. Port: implemented in Sage.Storage. Failures are
/// <see cref="Sage.Protocol.SageException"/>s with <see cref="Sage.Protocol.ErrorCodes.StorageFailed"/>, and with
/// <see cref="Sage.Protocol.ErrorCodes.SessionReadOnly"/> where another window has the session.
/// </summary>
public interface IStoredSessions
{
    /// <summary>The events of a journal in order, one at a time, up to its end or to where it is damaged.</summary>
    /// <param name="workspace">Whose.</param>
    /// <param name="sessionId">One that exists; of another there are none.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    IAsyncEnumerable<EventEnvelope> ReadAsync(
        Workspace workspace,
        string sessionId,
        CancellationToken cancellationToken
    );

    /// <summary>The newest sessions of a workspace that have all words in the title, or in one prompt or reply.</summary>
    Task<IReadOnlyList<SessionMatch>> SearchAsync(
        Workspace workspace,
        IReadOnlyList<string> words,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Puts the journal and what belongs to it into the trash.</summary>
    /// <returns>False when there is none of that id.</returns>
    bool Delete(Workspace workspace, string sessionId);

    /// <summary>Takes it out of the trash, to where it was.</summary>
    /// <returns>False when the trash has none of that id and workspace.</returns>
    bool Restore(Workspace workspace, string sessionId);

    /// <summary>The sessions of a workspace that are in the trash, newest first.</summary>
    Task<IReadOnlyList<SessionSummary>> ListDeletedAsync(
        Workspace workspace,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Gives a fork the checkpoints of what it was forked from, where there are any.</summary>
    void CopyCheckpoints(string fromSessionId, string toSessionId);

    /// <summary>Removes a journal that was not finished.</summary>
    void Discard(Workspace workspace, string sessionId);

    /// <summary>The sessions of workspaces whose folder is gone, newest first, each with the path of its workspace.</summary>
    Task<IReadOnlyList<SessionSummary>> ListOrphansAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Brings a session of a workspace whose folder is gone into this one.</summary>
    /// <returns>False when there is none of that id.</returns>
    bool Adopt(Workspace workspace, string sessionId);
}
