using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Extensions;

/// <summary>
/// Where sessions are kept. Port: implemented in Sage.Storage. Failures are <see cref="Sage.Protocol.SageException"/>s with
/// <see cref="Sage.Protocol.ErrorCodes.StorageFailed"/>: not readable, open in another window, written by a newer version.
/// </summary>
public interface IJournals
{
    /// <summary>Starts an empty journal.</summary>
    IJournal Create(Workspace workspace, string sessionId);

    /// <summary>Opens a journal for appending, after reading all of it.</summary>
    /// <returns>Null when there is none of that id in the workspace.</returns>
    Task<OpenedJournal?> OpenAsync(Workspace workspace, string sessionId, CancellationToken cancellationToken);

    /// <summary>The sessions of a workspace, newest first.</summary>
    Task<IReadOnlyList<SessionSummary>> ListAsync(Workspace workspace, int limit, CancellationToken cancellationToken);
}

/// <summary>One session's append-only record. Failures are <see cref="IOException"/>s; what could not be appended is not there.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Appends one durable event. Cheap: the bytes reach the operating system, not yet the disk.</summary>
    void Append(EventEnvelope envelope);

    /// <summary>Forces what was appended to the disk: at turn boundaries and before an approved side effect.</summary>
    void Flush();
}

/// <param name="Journal">For appending.</param>
/// <param name="Events">Everything it holds, in order.</param>
/// <param name="Damage">For people: what was cut from a torn or corrupted tail; null when nothing.</param>
public sealed record OpenedJournal(IJournal Journal, IReadOnlyList<EventEnvelope> Events, string? Damage);
