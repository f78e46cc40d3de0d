using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Windows;

/// <summary>What walls on Windows keep out, and what they cannot.</summary>
internal static class WindowsWalls
{
    private const string Means = "integrity levels";

    /// <summary>Where commands behind walls put temporary files.</summary>
    public static string Temporary { get; } = Path.Join(Path.GetTempPath(), "sage-commands");

    public static SandboxSupport Support { get; } = new([Means], [.. Limits(NetworkAccess.Off)]);

    public static WallsInForce Standing(CommandWalls walls) =>
        new(FileWall.Labels, NetworkOff: false, [], [.. Limits(walls.Network)]);

    /// <summary>A command that could not be walled in runs all the same, and it is said.</summary>
    public static WallsInForce Failed(string why) =>
        WallsInForce.None with
        {
            Missing = [$"Neither files nor the network are walled: {why}"],
        };

    private static IEnumerable<string> Limits(NetworkAccess network)
    {
        yield return "Windows has no wall against reading: secrets of the user can be read.";
        if (network == NetworkAccess.Off)
        {
            yield return "The network cannot be switched off for one command on Windows: it stays on.";
        }
    }
}
