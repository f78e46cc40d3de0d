using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Mac;

/// <summary>Walls on macOS: the command is started by <c>sandbox-exec</c> with a profile.</summary>
internal static class MacWalls
{
    private const string Program = "/usr/bin/sandbox-exec";

    /// <summary>The command line that starts a command behind walls.</summary>
    public static string[] Around(CommandWalls walls, string[] arguments) =>
        [Program, "-p", SeatbeltProfile.Of(walls), .. arguments];

    /// <summary>The profile holds as a whole: <c>sandbox-exec</c> starts nothing when it cannot have it.</summary>
    public static WallsInForce InForce(CommandWalls walls) =>
        new(FileWall.Profile, walls.Network == NetworkAccess.Off, [], []);
}
