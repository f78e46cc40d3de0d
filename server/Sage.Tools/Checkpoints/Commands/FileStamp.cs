using System.IO.Enumeration;
using Sage.Tools.Walking;

namespace Sage.Tools.Checkpoints.Commands;

/// <summary>What tells a changed file from an unchanged one without reading it.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Written">When it was last written: ticks, UTC.</param>
internal readonly record struct FileStamp(long Size, long Written);

/// <summary>Takes the stamps of every file of a workspace that version control would look at.</summary>
internal sealed class FileStamps
{
    // Enough to keep every processor busy until the end, where folders are of very different sizes.
    private const int PartsPerProcessor = 16;
    private static readonly int Processors = Math.Min(4, Environment.ProcessorCount);
    private static readonly EnumerationOptions Options = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = 0,
        ReturnSpecialDirectories = false,
    };

    private readonly string _leftOut;
    private readonly int _most;
    private readonly CancellationToken _cancellationToken;
    private int _count;

    private FileStamps(string leftOut, int most, CancellationToken cancellationToken) =>
        (_leftOut, _most, _cancellationToken) = (leftOut, most, cancellationToken);

    /// <param name="root">Absolute.</param>
    /// <param name="leftOut">A folder that is not looked into.</param>
    /// <param name="most">Files.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>
    /// By path below the root, with forward slashes; null when there are more than that. Links are not followed, and not among them.
    /// </returns>
    public static Dictionary<string, FileStamp>? TryTake(
        string root,
        string leftOut,
        int most,
        CancellationToken cancellationToken
    )
    {
        var walk = new FileStamps(leftOut, most, cancellationToken);
        var ahead = new Queue<Folder>([new Folder(root, "", IgnoreScope.Of(root, root))]);
        var found = new List<(string Path, FileStamp Stamp)>();
        while (ahead.Count < Processors * PartsPerProcessor && ahead.TryDequeue(out var folder))
        {
            walk.List(folder, found, ahead.Enqueue);
        }

        var parts = new List<(string Path, FileStamp Stamp)>[ahead.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Processors };
        Parallel.ForEach(ahead, options, (folder, _, part) => parts[part] = walk.Below(folder));
        if (walk._count > most)
        {
            return null;
        }

        var stamps = new Dictionary<string, FileStamp>(walk._count, StringComparer.Ordinal);
        foreach (var (path, stamp) in parts.Append(found).SelectMany(part => part))
        {
            stamps[path] = stamp;
        }

        return stamps;
    }

    private List<(string Path, FileStamp Stamp)> Below(Folder folder)
    {
        var found = new List<(string Path, FileStamp Stamp)>();
        var ahead = new Stack<Folder>([folder]);
        while (ahead.TryPop(out var next))
        {
            List(next, found, ahead.Push);
        }

        return found;
    }

    private void List(Folder folder, List<(string Path, FileStamp Stamp)> found, Action<Folder> addFolder)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _count) > _most)
        {
            return;
        }

        var before = found.Count;
        var (prefix, scope, hasRules) = (folder.Prefix, folder.Scope, folder.Scope.HasRules);
        var entries = new FileSystemEnumerable<(string Path, bool IsFolder, FileStamp Stamp)>(
            folder.FullPath,
            (ref entry) => (string.Concat(prefix, entry.FileName), entry.IsDirectory, StampOf(ref entry)),
            Options
        )
        {
            ShouldIncludePredicate = (ref entry) =>
                (entry.Attributes & FileAttributes.ReparsePoint) == 0
                && !IgnoreScope.IsNeverListed(entry.FileName)
                && !(hasRules && scope.Ignores(entry.ToFullPath(), entry.IsDirectory)),
        };
        foreach (var (path, isFolder, stamp) in entries)
        {
            if (!isFolder)
            {
                found.Add((path, stamp));
            }
            else if (Path.Join(folder.FullPath, path.AsSpan(prefix.Length)) is var fullPath && fullPath != _leftOut)
            {
                addFolder(new Folder(fullPath, path + "/", scope.Enter(fullPath)));
            }
        }

        Interlocked.Add(ref _count, found.Count - before);
    }

    private static FileStamp StampOf(ref FileSystemEntry entry) =>
        entry.IsDirectory ? default : new FileStamp(entry.Length, entry.LastWriteTimeUtc.UtcTicks);

    /// <param name="FullPath">Absolute.</param>
    /// <param name="Prefix">Of the paths of its files; ends in a slash, but for the root's.</param>
    /// <param name="Scope">What is ignored in it.</param>
    private sealed record Folder(string FullPath, string Prefix, IgnoreScope Scope);
}
