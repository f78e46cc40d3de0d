namespace Sage.Storage.Journals.Trash;

/// <summary>
/// Deleted sessions: <c>trash/&lt;id&gt;</c> below <see cref="SageHome"/>, with all that belongs to each, for 30 days.
/// </summary>
internal sealed class SessionTrash : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    // Start-up belongs to the first answer; a server may run for weeks.
    private static readonly TimeSpan FirstCleanUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CleanUpInterval = TimeSpan.FromHours(6);

    private readonly string _root;
    private readonly JournalPlaces _places;
    private readonly TimeProvider _time;
    private readonly ITimer _cleanUp;

    public SessionTrash(SageHome home, TimeProvider time)
    {
        (_root, _places, _time) = (home.Trash, new JournalPlaces(home), time);
        _cleanUp = time.CreateTimer(_ => Empty(), state: null, FirstCleanUp, CleanUpInterval);
    }

    /// <summary>Moves everything here, the journal last: what is cut off on the way can be done again.</summary>
    /// <param name="journal">Whose lock the caller holds.</param>
    /// <param name="sessionId">Its id.</param>
    public void Take(string journal, string sessionId)
    {
        var trash = FolderOf(sessionId);
        PrivateFiles.CreateFolder(trash);
        foreach (var (name, path) in _places.Beside(sessionId))
        {
            FolderCopy.MoveIfThere(path, Path.Combine(trash, name));
        }
        // The name of its folder says where it belongs.
        var kept = Path.Combine(trash, Path.GetFileName(Path.GetDirectoryName(journal)!));
        PrivateFiles.CreateFolder(kept);
        JournalFiles.Move(journal, JournalPlaces.PathIn(kept, sessionId));
        Directory.SetLastWriteTimeUtc(trash, _time.GetUtcNow().UtcDateTime);
    }

    /// <summary>Moves everything back, the journal last.</summary>
    /// <returns>False when there is none that was in this folder.</returns>
    public bool TryGiveBack(string folder, string sessionId)
    {
        var trash = FolderOf(sessionId);
        var kept = JournalPlaces.PathIn(Path.Combine(trash, Path.GetFileName(folder)), sessionId);
        if (!File.Exists(kept))
        {
            return false;
        }
        foreach (var (name, path) in _places.Beside(sessionId))
        {
            FolderCopy.MoveIfThere(Path.Combine(trash, name), path);
        }
        JournalFiles.Move(kept, JournalPlaces.PathIn(folder, sessionId));
        Directory.Delete(trash, recursive: true);
        return true;
    }

    /// <summary>Where the journals lie that were in this folder.</summary>
    public IEnumerable<string> FoldersOf(string folder) =>
        Directory.Exists(_root)
            ? Directory.EnumerateDirectories(_root).Select(trash => Path.Combine(trash, Path.GetFileName(folder)))
            : [];

    public void Dispose() => _cleanUp.Dispose();

    private string FolderOf(string sessionId) => Path.Combine(_root, FileNames.ToSafe(sessionId));

    private void Empty()
    {
        var oldest = _time.GetUtcNow().UtcDateTime - KeptFor;
        try
        {
            foreach (var folder in new DirectoryInfo(_root).EnumerateDirectories())
            {
                if (folder.LinkTarget is null && folder.LastWriteTimeUtc < oldest)
                {
                    folder.Delete(recursive: true);
                }
            }
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            // Nothing was ever deleted, or another process empties it too: the next time tries again.
        }
    }
}
