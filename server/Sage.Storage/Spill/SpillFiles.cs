using Sage.Agent.Extensions;

namespace Sage.Storage.Spill;

/// <summary>Whole tool outputs: <c>spill/&lt;session&gt;/&lt;call&gt;.txt</c> below <see cref="SageHome"/>, for a week.</summary>
internal sealed class SpillFiles : ISpillFiles, IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    // Start-up belongs to the first answer.
    private static readonly TimeSpan CleanUpDelay = TimeSpan.FromSeconds(10);
    private const int BufferSize = 16 * 1024;
    private readonly TimeProvider _time;
    private readonly ITimer _cleanUp;

    public SpillFiles(SageHome home, TimeProvider time)
    {
        Root = home.Spill;
        _time = time;
        _cleanUp = time.CreateTimer(_ => RemoveOld(), state: null, CleanUpDelay, Timeout.InfiniteTimeSpan);
    }

    public string Root { get; }

    public Stream Create(string sessionId, string callId, out string fullPath)
    {
        var folder = Path.Combine(Root, FileNames.ToSafe(sessionId));
        fullPath = Path.Combine(folder, FileNames.ToSafe(callId) + ".txt");
        try
        {
            return Create(folder, fullPath);
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.WhileWriting(exception, fullPath);
        }
    }

    public void Dispose() => _cleanUp.Dispose();

    private static FileStream Create(string folder, string path)
    {
        try
        {
            return Open(folder, path);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process found the folder empty and removed it in between.
            return Open(folder, path);
        }
    }

    private static FileStream Open(string folder, string path)
    {
        PrivateFiles.CreateFolder(folder);
        return PrivateFiles.Open(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferSize);
    }

    private void RemoveOld()
    {
        var oldest = _time.GetUtcNow().UtcDateTime - KeptFor;
        try
        {
            foreach (var folder in new DirectoryInfo(Root).EnumerateDirectories())
            {
                RemoveOld(folder, oldest);
            }
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            // Nothing was ever spilled, or another process is cleaning too: the next start tries again.
        }
    }

    private static void RemoveOld(DirectoryInfo folder, DateTime oldest)
    {
        if (folder.LinkTarget is not null)
        {
            return;
        }
        foreach (var file in folder.EnumerateFiles("*.txt").Where(file => file.LastWriteTimeUtc < oldest))
        {
            TryDelete(file);
        }
        if (!folder.EnumerateFileSystemInfos().Any())
        {
            TryDelete(folder);
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
            // In use: the next start tries again.
        }
    }
}
