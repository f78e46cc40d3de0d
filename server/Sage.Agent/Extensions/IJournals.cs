using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Extensions;

/// <summary>
/// Where sessions are kept. Port: implemented in Sage.Storage. Failures are <see cref="Sage.Protocol.SageException"/>s with
/// <see cref="Sage.Protocol.ErrorCodes.StorageFailed"/>: not readable, written by a newer version.
/// </summary>
public interface IJournals
{
    /// <summary>Starts an empty journal.</summary>
    IJournal Create(Workspace workspace, string sessionId);

    /// <summary>
    /// Opens a journal and gives <paramref name="state"/> what it holds: a snapshot if there is one it can use, then every event
    /// behind it. For appending, unless another window has it.
    /// </summary>
    /// <param name="workspace">Whose.</param>
    /// <param name="sessionId">Which.</param>
    /// <param name="state">Empty.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>Null when there is none of that id in the workspace.</returns>
    Task<OpenedJournal?> OpenAsync(
        Workspace workspace,
        string sessionId,
        ISessionState state,
        CancellationToken cancellationToken
    );

    /// <summary>The sessions of a workspace, newest first.</summary>
    Task<IReadOnlyList<SessionSummary>> ListAsync(Workspace workspace, int limit, CancellationToken cancellationToken);
}

/// <summary>One session's append-only record. Failures are <see cref="IOException"/>s; what could not be appended is not there.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>True when another window has the session: nothing can be appended.</summary>
    bool IsReadOnly { get; }

    /// <summary>True when so much was appended since the last snapshot that another is worth its room.</summary>
    bool WantsSnapshot { get; }

    /// <summary>Appends one durable event. Cheap: the bytes reach the operating system, not yet the disk.</summary>
    void Append(EventEnvelope envelope);

    /// <summary>Appends what the events so far have led to, so that opening need not read them. It is no event itself.</summary>
    void Append(JournalSnapshot snapshot);

    /// <summary>Keeps beside the journal what a list of sessions shows. It may be lost: the journal is what counts.</summary>
    void Describe(SessionSummary summary);

    /// <summary>Forces what was appended to the disk: at turn boundaries and before an approved side effect.</summary>
    void Flush();

    /// <summary>The newest events of a range, in order: no more than the limit, no more than a few megabytes, and at least one.</summary>
    /// <param name="fromSeq">The first number of the range.</param>
    /// <param name="beforeSeq">The number behind its last.</param>
    /// <param name="limit">At most so many events.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    Task<ImmutableArray<EventEnvelope>> ReadAsync(
        long fromSeq,
        long beforeSeq,
        int limit,
        CancellationToken cancellationToken
    );
}

/// <summary>What a journal is read into.</summary>
public interface ISessionState
{
    /// <summary>Starts from a snapshot. All or nothing: what it refuses leaves it empty.</summary>
    bool TryRestore(JournalSnapshot snapshot);

    /// <summary>Takes in the next event.</summary>
    void Apply(EventEnvelope happened);
}

/// <summary>What a session's events have led to.</summary>
/// <param name="Seq">The last event that is in it.</param>
/// <param name="Parts">By the name of what folds them; each name stands for one format.</param>
public sealed record JournalSnapshot(long Seq, IReadOnlyDictionary<string, JsonElement> Parts);

/// <param name="Journal">For appending.</param>
/// <param name="Damage">For people: what was cut from a torn or corrupted tail; null when nothing.</param>
public sealed record OpenedJournal(IJournal Journal, string? Damage);
