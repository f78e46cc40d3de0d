using System.Collections.Immutable;
using System.Runtime.Versioning;

namespace Sage.Sandbox.Linux.Mounts;

/// <summary>The mounts that a command gets for itself, in the order in which they are made.</summary>
/// <param name="Pinned">Mounted over themselves: who is a mount point can be neither moved nor deleted.</param>
/// <param name="ReadOnly">Among all that is mounted then.</param>
/// <param name="Hidden">Covered: folders by an empty one, all else by <c>/dev/null</c>.</param>
[SupportedOSPlatform("linux")]
internal sealed record MountPlan(
    ImmutableArray<string> Pinned,
    ImmutableArray<string> ReadOnly,
    ImmutableArray<string> Hidden
)
{
    /// <param name="walls">What is wanted.</param>
    /// <param name="mounts">Where something is mounted that can be written to.</param>
    public static MountPlan For(RealWalls walls, IEnumerable<string> mounts)
    {
        var unreadable = walls.Unreadable.Where(walls.IsWritable).ToList();
        // Who is covered shows nothing of what is in it: where some of it is to be seen, the rest is covered.
        var opened = unreadable.Where(path => HasReadable(path, walls)).ToList();
        var hiddenWithin = unreadable.SelectMany(path => Cover(path, walls)).ToList();
        var held = walls
            .Protected.Where(path => !unreadable.Exists(hidden => PathTree.IsWithin(path, hidden)))
            .Except(walls.LooseLinks)
            .Concat(opened)
            .ToList();
        // Moving a folder moves what is mounted below it, so every folder on the way is held in its place.
        var ways = held.Concat(hiddenWithin)
            .SelectMany(path =>
                walls
                    .Writable.Where(root => PathTree.IsBelow(path, root))
                    .SelectMany(root => PathTree.Between(root, path))
            );
        // What the mount table has is in place already. Devices need no mount that can be written to.
        var islands = walls.Writable.Where(path => !PathTree.IsWithin(path, "/dev") || Directory.Exists(path));
        return new(
            [.. islands.Concat(ways).Concat(held).Distinct().OrderBy(path => path.Length)],
            // What lies in a folder of somebody else cannot be reached, neither by us nor by the command.
            [
                .. mounts.Where(mount => !walls.IsWritable(mount) && Exists(mount)),
                .. held.OrderBy(path => path.Length),
            ],
            [.. hiddenWithin, .. walls.Unreachable]
        );
    }

    private static bool HasReadable(string path, RealWalls walls) =>
        walls.Readable.Any(readable => PathTree.IsBelow(readable, path));

    private static IEnumerable<string> Cover(string path, RealWalls walls) =>
        walls.Readable.Contains(path) ? []
        : HasReadable(path, walls)
            ? Directory
                .GetFileSystemEntries(path)
                .Where(entry => !RealPath.IsLink(entry))
                .SelectMany(entry => Cover(entry, walls))
        : [path];

    private static bool Exists(string path) => Directory.Exists(path) || File.Exists(path);
}
