using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sage.Sandbox.Walls;

/// <summary>The walls that really stand around a running command, as its supervisor put them up.</summary>
/// <param name="Files">How files are walled.</param>
/// <param name="NetworkOff">True when it cannot use the network.</param>
/// <param name="Closed">Writable folders in which nothing new can be made all the same; see <see cref="FileWall.Entries"/>.</param>
/// <param name="Missing">What was wanted and is not there, each a sentence for people.</param>
public sealed record WallsInForce(
    FileWall Files,
    bool NetworkOff,
    ImmutableArray<string> Closed,
    ImmutableArray<string> Missing
)
{
    /// <summary>No wall at all.</summary>
    public static WallsInForce None { get; } = new(FileWall.None, NetworkOff: false, [], []);
}

/// <summary>How files are walled.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileWall>))]
public enum FileWall
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>
    /// By permission for each entry that existed when the command began: in a folder that holds something protected, nothing
    /// new can be made beside it.
    /// </summary>
    Entries,

    /// <summary>By permission for whole folders, with the protected parts below them mounted read-only.</summary>
    Mounts,

    /// <summary>By the profile that the operating system was given.</summary>
    Profile,

    /// <summary>By how far the operating system trusts the command, and by the labels of files that say who may change them.</summary>
    Labels,
}
