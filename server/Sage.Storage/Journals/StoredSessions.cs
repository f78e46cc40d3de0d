using System.Runtime.CompilerServices;
using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;
using Sage.Storage.Journals.Lines;
using Sage.Storage.Journals.Listing;
using Sage.Storage.Journals.Trash;

namespace Sage.Storage.Journals;

/// <summary>Finds, moves and copies what sessions are on the disk.</summary>
internal sealed class StoredSessions(SageHome home, TimeProvider time) : IStoredSessions, IDisposable
{
    private readonly JournalPlaces _places = new(home);
    private readonly JournalList _list = new();
    private readonly SessionTrash _trash = new(home, time);

    public async IAsyncEnumerable<EventEnvelope> ReadAsync(
        Workspace workspace,
        string sessionId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var path = _places.PathOf(workspace, sessionId);
        if (!Exists(path, sessionId))
        {
            yield break;
        }
        var lastSeq = 0L;
        await using var file = Said(path, () => ReadOnlyJournal.OpenToRead(path));
        await foreach (var line in JournalLines.ReadAsync(file.SafeFileHandle, from: 0, file.Length, cancellationToken))
        {
            if (JournalLine.IsSnapshot(line.Bytes.Span) || JournalLine.Read(line.Bytes.Span) is not { } envelope)
            {
                continue;
            }
            if (envelope.Seq != ++lastSeq)
            {
                yield break;
            }
            yield return envelope;
        }
    }

    public Task<IReadOnlyList<SessionMatch>> SearchAsync(
        Workspace workspace,
        IReadOnlyList<string> words,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () => new JournalSearch(words).FindAsync(_places.FolderOf(workspace), _list, limit, cancellationToken),
            cancellationToken
        );

    public bool Delete(Workspace workspace, string sessionId)
    {
        var path = _places.PathOf(workspace, sessionId);
        return Exists(path, sessionId)
            && Said(
                path,
                () =>
                {
                    using var sessionLock = JournalLock.Take(_places.FolderOf(workspace), sessionId);
                    _trash.Take(path, sessionId);
                    return true;
                }
            );
    }

    public bool Restore(Workspace workspace, string sessionId) =>
        FileNames.IsSafe(sessionId)
        && Said(
            home.Trash,
            () =>
            {
                var folder = _places.CreateFolder(workspace);
                using var sessionLock = JournalLock.Take(folder, sessionId);
                return _trash.TryGiveBack(folder, sessionId);
            }
        );

    public Task<IReadOnlyList<SessionSummary>> ListDeletedAsync(
        Workspace workspace,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () => Newest(_trash.FoldersOf(_places.FolderOf(workspace)).SelectMany(_list.Read), limit),
            cancellationToken
        );

    public void CopyCheckpoints(string fromSessionId, string toSessionId)
    {
        var from = CheckpointsOf(fromSessionId);
        Said(from, () => FolderCopy.TryCopy(from, CheckpointsOf(toSessionId)));
    }

    public void Discard(Workspace workspace, string sessionId)
    {
        var path = _places.PathOf(workspace, sessionId);
        Said(
            path,
            () =>
            {
                File.Delete(path);
                File.Delete(JournalPlaces.SummaryOf(path));
                return true;
            }
        );
    }

    public Task<IReadOnlyList<SessionSummary>> ListOrphansAsync(int limit, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
                Newest(
                    Orphans().SelectMany(o => _list.Read(o.Folder).Select(s => s with { Workspace = o.Root })),
                    limit
                ),
            cancellationToken
        );

    public bool Adopt(Workspace workspace, string sessionId)
    {
        var found = FileNames.IsSafe(sessionId)
            ? Orphans().Select(o => o.Folder).FirstOrDefault(f => File.Exists(JournalPlaces.PathIn(f, sessionId)))
            : null;
        return found is not null
            && Said(
                found,
                () =>
                {
                    using var sessionLock = JournalLock.Take(found, sessionId);
                    var path = JournalPlaces.PathIn(found, sessionId);
                    var target = JournalPlaces.PathIn(_places.CreateFolder(workspace), sessionId);
                    JournalFiles.Move(path, target);
                    return true;
                }
            );
    }

    public void Dispose() => _trash.Dispose();

    // A folder that cannot be seen now (a drive that is not there) looks like one that is gone: its sessions are only listed, and
    // brought here when the user opens one.
    private IEnumerable<(string Folder, string Root)> Orphans()
    {
        var folders = Directory.Exists(_places.Root) ? Directory.GetDirectories(_places.Root) : [];
        foreach (var folder in folders)
        {
            if (JournalPlaces.OwnerOf(folder) is { } root && !Directory.Exists(root))
            {
                yield return (folder, root);
            }
        }
    }

    private static IReadOnlyList<SessionSummary> Newest(IEnumerable<SessionSummary> found, int limit) =>
        [.. found.OrderByDescending(summary => summary.UpdatedAt).Take(limit)];

    private static bool Exists(string path, string sessionId) => FileNames.IsSafe(sessionId) && File.Exists(path);

    private string CheckpointsOf(string sessionId) =>
        _places.Beside(sessionId).Single(beside => beside.Name == "checkpoints").Path;

    private static T Said<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.ToClient(exception, path);
        }
    }
}
