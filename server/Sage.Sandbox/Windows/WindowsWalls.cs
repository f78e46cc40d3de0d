using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Windows;

/// <summary>Walls on Windows: there are none yet.</summary>
internal static class WindowsWalls
{
    public static WallsInForce InForce { get; } =
        WallsInForce.None with
        {
            Missing = ["Windows has no sandbox here: neither files nor the network are walled."],
        };
}
