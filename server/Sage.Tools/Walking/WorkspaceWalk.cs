using System.IO.Enumeration;

namespace Sage.Tools.Walking;

/// <param name="FullPath">Absolute.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Changed">When it was last written.</param>
internal readonly record struct WalkedEntry(string FullPath, EntryKind Kind, DateTimeOffset Changed)
{
    public string Name => Path.GetFileName(FullPath);
}

internal enum EntryKind
{
    File,
    Folder,

    /// <summary>A symbolic link; never followed, it may lead out of the workspace or in a circle.</summary>
    Link,
}

/// <summary>Visits a folder the way git sees it: without what is ignored, and without following links.</summary>
internal static class WorkspaceWalk
{
    private static readonly EnumerationOptions Options = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = 0,
        ReturnSpecialDirectories = false,
    };

    /// <summary>What is directly in a folder and not ignored, in the order of names.</summary>
    public static List<WalkedEntry> List(string folder, IgnoreScope scope)
    {
        var entries = new FileSystemEnumerable<WalkedEntry>(folder, ToEntry, Options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !scope.Ignores(entry.ToFullPath(), entry.IsDirectory && !IsLink(ref entry)),
        };
        List<WalkedEntry> found = [.. entries];
        found.Sort(static (left, right) => string.CompareOrdinal(left.FullPath, right.FullPath));
        return found;
    }

    /// <summary>Every file below a folder, depth first.</summary>
    public static IEnumerable<WalkedEntry> Files(string folder, IgnoreScope scope, CancellationToken cancellationToken)
    {
        Stack<(string Folder, IgnoreScope Scope)> ahead = new([(folder, scope)]);
        while (ahead.TryPop(out var current))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in List(current.Folder, current.Scope))
            {
                if (entry.Kind == EntryKind.Folder)
                {
                    ahead.Push((entry.FullPath, current.Scope.Enter(entry.FullPath)));
                }
                else if (entry.Kind == EntryKind.File)
                {
                    yield return entry;
                }
            }
        }
    }

    private static WalkedEntry ToEntry(ref FileSystemEntry entry) =>
        new(
            entry.ToFullPath(),
            IsLink(ref entry) ? EntryKind.Link
                : entry.IsDirectory ? EntryKind.Folder
                : EntryKind.File,
            entry.LastWriteTimeUtc
        );

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
