namespace Sage.Storage;

/// <summary>Removes what sessions keep beside their journals when it is old, and the oldest of what is too much together.</summary>
/// <param name="root">The folder of all sessions' folders.</param>
/// <param name="pattern">Names of the files that are meant.</param>
/// <param name="mostBytes">All of them together.</param>
internal sealed class FolderCleanUp(string root, string pattern, long mostBytes)
{
    /// <param name="oldest">What was not written since is removed.</param>
    public void Run(DateTime oldest)
    {
        try
        {
            var folders = new DirectoryInfo(root).EnumerateDirectories().Where(f => f.LinkTarget is null).ToList();
            RemoveFiles(folders.SelectMany(folder => folder.EnumerateFiles(pattern)), oldest);
            foreach (var folder in folders.Where(folder => !folder.EnumerateFileSystemInfos().Any()))
            {
                TryDelete(folder);
            }
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            // Nothing was ever kept, or another process is cleaning too: the next time tries again.
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
