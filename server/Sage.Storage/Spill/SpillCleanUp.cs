namespace Sage.Storage.Spill;

/// <summary>Removes whole outputs that are old, and the oldest of those that are too much together.</summary>
/// <param name="root">The folder of all sessions' folders.</param>
/// <param name="mostBytes">All of them together.</param>
internal sealed class SpillCleanUp(string root, long mostBytes)
{
    /// <param name="oldest">What was not written since is removed.</param>
    public void Run(DateTime oldest)
    {
        try
        {
            var folders = new DirectoryInfo(root).EnumerateDirectories().Where(f => f.LinkTarget is null).ToList();
            RemoveFiles(folders.SelectMany(folder => folder.EnumerateFiles("*.txt")), oldest);
            foreach (var folder in folders.Where(folder => !folder.EnumerateFileSystemInfos().Any()))
            {
                TryDelete(folder);
            }
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            // Nothing was ever spilled, or another process is cleaning too: the next time tries again.
        }
    }

    private void RemoveFiles(IEnumerable<FileInfo> files, DateTime oldest)
    {
        var total = 0L;
        foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc))
        {
            total += file.Length;
            if (file.LastWriteTimeUtc < oldest || total > mostBytes)
            {
                TryDelete(file);
            }
        }
    }

    private static void TryDelete(FileSystemInfo entry)
    {
        try
        {
            entry.Delete();
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            // In use: the next time tries again.
        }
    }
}
