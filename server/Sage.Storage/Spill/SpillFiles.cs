using Sage.Agent.Extensions;

namespace Sage.Storage.Spill;

/// <summary>
/// Whole tool outputs: <c>spill/&lt;session&gt;/&lt;call&gt;.txt</c> below <see cref="SageHome"/>, for a week, and the newest gigabyte of
/// them.
/// </summary>
internal sealed class SpillFiles : ISpillFiles, IDisposable
{
    private const long MostBytes = 1024L * 1024 * 1024;
    private const int BufferSize = 16 * 1024;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    // Start-up belongs to the first answer; a server may run for weeks.
    private static readonly TimeSpan FirstCleanUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CleanUpInterval = TimeSpan.FromHours(1);

    private readonly ITimer _cleanUp;

    public SpillFiles(SageHome home, TimeProvider time)
        : this(home, time, MostBytes) { }

    internal SpillFiles(SageHome home, TimeProvider time, long mostBytes)
    {
        Root = home.Spill;
        var cleanUp = new FolderCleanUp(Root, "*.txt", mostBytes);
        _cleanUp = time.CreateTimer(
            _ => cleanUp.Run(time.GetUtcNow().UtcDateTime - KeptFor),
            state: null,
            FirstCleanUp,
            CleanUpInterval
        );
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
}
