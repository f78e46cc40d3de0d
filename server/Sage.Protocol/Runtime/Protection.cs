using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Runtime;

/// <summary><see cref="Methods.Protection"/>: what stands around commands that nobody looked at. The first answer takes a test command.</summary>
public sealed record ProtectionParams : IRequest<ProtectionResult>;

/// <param name="Walls">Whether there are walls.</param>
/// <param name="Network">Whether walled commands may use the network.</param>
/// <param name="Means">What the walls are made of, for people: <c>Landlock 7</c>.</param>
/// <param name="Missing">What is missing, each a sentence for people.</param>
public sealed record ProtectionResult(
    WallState Walls,
    bool Network,
    ImmutableArray<string> Means,
    ImmutableArray<string> Missing
);

/// <summary>How far the walls go.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WallState>))]
public enum WallState
{
    /// <summary>All of them stand.</summary>
    Whole,

    /// <summary>Some are missing.</summary>
    Partly,

    /// <summary>This computer has none.</summary>
    None,

    /// <summary>The user does not want them.</summary>
    SwitchedOff,
}
