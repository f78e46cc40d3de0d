using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Sessions;
using Sage.Storage.Journals.Listing;

namespace Sage.Storage.Journals;

/// <summary>The journals on disk: one file for each session, in a folder for each workspace.</summary>
/// <param name="home">Below which they are.</param>
/// <param name="bytesBetweenSnapshots">At least.</param>
internal sealed class FileJournals(SageHome home, long bytesBetweenSnapshots) : IJournals
{
    private readonly JournalPlaces _places = new(home);
    private readonly JournalList _list = new();

    public FileJournals(SageHome home)
        : this(home, SnapshotPolicy.LeastBytes) { }

    public IJournal Create(Workspace workspace, string sessionId)
    {
        if (!FileNames.IsSafe(sessionId))
        {
            throw new ArgumentException($"'{sessionId}' cannot name a file.", nameof(sessionId));
        }
        var path = _places.PathOf(workspace, sessionId);
        FileStream? sessionLock = null;
        try
        {
            var folder = _places.CreateFolder(workspace);
            sessionLock = JournalLock.Take(folder, sessionId);
            var file = PrivateFiles.Open(
                path,
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.Read | FileShare.Delete
            );
            return new FileJournal(file, length: 0, sessionLock, Policy());
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            sessionLock?.Dispose();
            throw StorageFailures.ToClient(exception, path);
        }
    }

    public async Task<OpenedJournal?> OpenAsync(
        Workspace workspace,
        string sessionId,
        ISessionState state,
        CancellationToken cancellationToken
    )
    {
        var path = _places.PathOf(workspace, sessionId);
        if (!FileNames.IsSafe(sessionId) || !File.Exists(path))
        {
            return null;
        }
        FileStream? sessionLock = null;
        FileStream? file = null;
        try
        {
            sessionLock = JournalLock.TryTake(_places.FolderOf(workspace), sessionId);
            if (sessionLock is null)
            {
                return await OpenToReadAsync(path, state, cancellationToken);
            }
            file = PrivateFiles.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
            var opened = await OpenAsync(file, sessionLock, state, cancellationToken);
            (sessionLock, file) = (null, null);
            return opened;
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.ToClient(exception, path);
        }
        finally
        {
            file?.Dispose();
            sessionLock?.Dispose();
        }
    }

    public Task<IReadOnlyList<SessionSummary>> ListAsync(
        Workspace workspace,
        int limit,
        CancellationToken cancellationToken
    ) => Task.Run(() => List(_places.FolderOf(workspace), limit, cancellationToken), cancellationToken);

    private IReadOnlyList<SessionSummary> List(string folder, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. _list
                    .Read(folder)
                    .TakeWhile(_ => !cancellationToken.IsCancellationRequested)
                    .Take(Math.Max(0, limit)),
            ];
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.ToClient(exception, folder);
        }
        finally
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<OpenedJournal> OpenAsync(
        FileStream file,
        FileStream sessionLock,
        ISessionState state,
        CancellationToken cancellationToken
    )
    {
        var contents = await JournalReader.ReadAsync(file.SafeFileHandle, state, cancellationToken);
        var damage =
            contents.LastLine is LastLine.Damaged
                ? await DamagedTail.CutAsync(file, contents, cancellationToken)
                : null;
        var journal = new FileJournal(file, contents.GoodLength, sessionLock, Policy(contents.SnapshotAt));
        if (contents.LastLine is LastLine.WithoutLineFeed)
        {
            journal.EndLine();
        }
        return new OpenedJournal(journal, damage);
    }

    // What is being written at this moment may be there by half: it is not damage, and not ours to mend.
    private static async Task<OpenedJournal> OpenToReadAsync(
        string path,
        ISessionState state,
        CancellationToken cancellationToken
    )
    {
        await using var file = ReadOnlyJournal.OpenToRead(path);
        var contents = await JournalReader.ReadAsync(file.SafeFileHandle, state, cancellationToken);
        return new OpenedJournal(new ReadOnlyJournal(path, contents.GoodLength), Damage: null);
    }

    private SnapshotPolicy Policy(long lastAt = 0) => new(lastAt, bytesBetweenSnapshots);
}
