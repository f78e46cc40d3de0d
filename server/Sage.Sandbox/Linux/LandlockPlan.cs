using System.Collections.Immutable;
using System.Runtime.Versioning;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Linux;

/// <summary>Which rights are held back, and which paths get some of them nevertheless.</summary>
/// <param name="HeldBack">Everywhere, unless a grant gives it.</param>
/// <param name="Grants">Each holds for a file, or for a folder and everything that is ever below it.</param>
/// <param name="Closed">Writable folders that got no grant of their own, because of something below them.</param>
/// <param name="NetworkOff">TCP, where the kernel can tell.</param>
[SupportedOSPlatform("linux")]
internal sealed record LandlockPlan(
    LandlockAccess HeldBack,
    ImmutableArray<LandlockGrant> Grants,
    ImmutableArray<string> Closed,
    bool NetworkOff
)
{
    // To read from and write to them is their only use. /dev/fd leads to what the process has open, which is not asked about.
    private static readonly string[] s_devices =
    [
        "/dev/null",
        "/dev/zero",
        "/dev/full",
        "/dev/random",
        "/dev/urandom",
        "/dev/tty",
        "/dev/ptmx",
        "/dev/pts",
    ];

    /// <param name="walls">What is wanted.</param>
    /// <param name="network">Whether it may use the network.</param>
    /// <param name="version">Of the kernel's Landlock; at least 1.</param>
    /// <param name="protection">
    /// With mounts, what is protected or hidden below something writable is left to them; without, grants have to go around it.
    /// </param>
    public static LandlockPlan For(RealWalls walls, NetworkAccess network, int version, FileWall protection)
    {
        var heldBack = LandlockVersion.Known(version) & ~(walls.Unreadable.IsEmpty ? LandlockAccess.ReadFile : 0);
        var plan = new Planner(heldBack);
        foreach (var folder in walls.Writable)
        {
            plan.Grant(
                folder,
                LandlockAccess.Write | LandlockAccess.ReadFile,
                protection == FileWall.Mounts ? [] : [.. walls.Protected, .. walls.Unreadable]
            );
        }

        var closed = plan.Split.ToImmutableArray();
        foreach (var device in s_devices)
        {
            plan.Grant(device, LandlockAccess.Write | LandlockAccess.ReadFile | LandlockAccess.DeviceControl, []);
        }

        // Writable or not, what is protected can be read.
        GrantReading(walls, plan);
        return new(
            heldBack,
            [.. plan.Grants],
            closed,
            network == NetworkAccess.Off && version >= LandlockVersion.Network
        );
    }

    private static void GrantReading(RealWalls walls, Planner plan)
    {
        if (walls.Unreadable.IsEmpty)
        {
            return;
        }

        plan.Grant("/", LandlockAccess.ReadFile, walls.Unreadable);
        foreach (var path in walls.Readable)
        {
            plan.Grant(path, LandlockAccess.ReadFile, []);
        }
    }

    private sealed class Planner(LandlockAccess heldBack)
    {
        public List<LandlockGrant> Grants { get; } = [];

        /// <summary>Folders that were given entry by entry.</summary>
        public List<string> Split { get; } = [];

        /// <summary>Gives a path, or, where there are holes below it, all of its entries but these.</summary>
        public void Grant(string path, LandlockAccess rights, ImmutableArray<string> holes)
        {
            if (holes.Any(hole => PathTree.IsWithin(path, hole)))
            {
                return;
            }

            var isFolder = Directory.Exists(path);
            if (isFolder && holes.Any(hole => PathTree.IsBelow(hole, path)))
            {
                Split.Add(path);
                GrantEntries(path, rights, holes);
                return;
            }

            var useful = rights & heldBack & (isFolder ? ~LandlockAccess.None : LandlockAccess.OfFiles);
            if (useful != LandlockAccess.None && (isFolder || File.Exists(path)))
            {
                Grants.Add(new(path, useful));
            }
        }

        private void GrantEntries(string folder, LandlockAccess rights, ImmutableArray<string> holes)
        {
            ImmutableArray<string> below = [.. holes.Where(hole => PathTree.IsBelow(hole, folder))];
            try
            {
                foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
                {
                    // A grant follows links, and what one leads to has its own place in the tree.
                    if (entry.LinkTarget is null)
                    {
                        Grant(entry.FullName, rights, below);
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Who cannot list it cannot be told which of its entries to give: none.
            }
        }
    }
}

/// <param name="Path">A file or a folder; it exists.</param>
/// <param name="Rights">What is given.</param>
internal sealed record LandlockGrant(string Path, LandlockAccess Rights);
