using System.Runtime.Versioning;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Linux;

/// <summary>Says in sentences what was wanted of the walls and cannot be had.</summary>
[SupportedOSPlatform("linux")]
internal static class MissingWalls
{
    public static IEnumerable<string> Of(WallOrder order, MountUse mounts) =>
        [.. OfLandlock(order), .. order.Features.Landlock == 0 ? [] : OfMounts(order.Real, mounts), .. OfFilter(order)];

    private static IEnumerable<string> OfLandlock(WallOrder order)
    {
        var version = order.Features.Landlock;
        if (version == 0)
        {
            yield return "This kernel has no Landlock: files are not walled, nor are other processes.";
            yield break;
        }

        if (version < LandlockVersion.Refer)
        {
            yield return "This kernel's Landlock is of the first version: nothing can be moved from one folder to another.";
        }

        if (version < LandlockVersion.Truncate)
        {
            yield return "This kernel's Landlock does not know truncation: files elsewhere can be emptied.";
        }

        if (version < LandlockVersion.DeviceControl)
        {
            yield return "This kernel's Landlock does not know device control: devices can be controlled.";
        }

        if (version < LandlockVersion.Scopes)
        {
            yield return "This kernel's Landlock has no scopes: other processes can be signalled, and abstract sockets reached.";
        }
    }

    private static IEnumerable<string> OfMounts(RealWalls walls, MountUse mounts)
    {
        if (mounts == MountUse.None)
        {
            yield return "The command cannot get mounts of its own: where something is protected, nothing new can be made beside it, "
                + "and owners, modes and times of files elsewhere can be changed.";
            if (!walls.Unreachable.IsEmpty)
            {
                yield return $"These sockets can be reached: {string.Join(", ", walls.Unreachable)}.";
            }
        }
        else if (mounts == MountUse.Protected)
        {
            yield return "Owners, modes and times of files elsewhere can be changed.";
        }

        foreach (var link in mounts == MountUse.None ? [] : walls.LooseLinks)
        {
            yield return $"{link} is a symbolic link, and can be replaced.";
        }
    }

    private static IEnumerable<string> OfFilter(WallOrder order)
    {
        if (!order.Features.Filter)
        {
            yield return order.Walls.Network == NetworkAccess.Off
                ? "System calls cannot be filtered here: the network is not off."
                : "System calls cannot be filtered here.";
        }
    }
}
