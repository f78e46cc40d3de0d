using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sage.Sandbox.Walls;

/// <summary>What a command may touch. Whatever is not named here it may read, but not change.</summary>
/// <remarks>
/// Paths are absolute; those that do not exist are left out. What the operating system cannot enforce is told in
/// <see cref="WallsInForce.Missing"/>, it is never left out in silence.
/// </remarks>
public sealed record CommandWalls
{
    /// <summary>Folders, with everything below, and files that may be changed.</summary>
    public ImmutableArray<string> Writable { get; init; } = [];

    /// <summary>What stays as it is, although it lies below something writable.</summary>
    public ImmutableArray<string> Protected { get; init; } = [];

    /// <summary>What can be neither read nor changed, wherever it lies.</summary>
    public ImmutableArray<string> Unreadable { get; init; } = [];

    /// <summary>What can be read all the same, although it lies below something unreadable.</summary>
    public ImmutableArray<string> Readable { get; init; } = [];

    /// <summary>Sockets that nobody answers at. Only where the command gets mounts of its own.</summary>
    public ImmutableArray<string> Unreachable { get; init; } = [];

    /// <summary>Whether it may use the network.</summary>
    public NetworkAccess Network { get; init; } = NetworkAccess.Allowed;
}

/// <summary>Whether a command may use the network.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NetworkAccess>))]
public enum NetworkAccess
{
    /// <summary>As everybody.</summary>
    Allowed,

    /// <summary>No connection to anywhere, this computer included. Sockets in the file system work.</summary>
    Off,
}
