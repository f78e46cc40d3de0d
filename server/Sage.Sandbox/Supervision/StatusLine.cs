using System.Text.Json.Serialization;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Supervision;

/// <summary>One line of the status channel, from the supervisor to its client. Exactly one member is set, but for the walls.</summary>
/// <param name="Started">The shell runs; its process id, which is also its session's.</param>
/// <param name="Failed">The shell could not be started; why.</param>
/// <param name="Exited">The shell has ended.</param>
/// <param name="Walls">Together with <paramref name="Started"/>: what stands around it; null when nothing was wanted.</param>
/// <param name="Said">What a piped command has said on its error stream.</param>
/// <param name="Ended">The last line: nothing is running any more, and this is what had to be ended.</param>
internal sealed record StatusLine(
    int? Started = null,
    string? Failed = null,
    ShellExit? Exited = null,
    EndedProcess[]? Ended = null,
    WallsInForce? Walls = null,
    string? Said = null
);

/// <summary>How the shell ended: one of the two is set.</summary>
internal sealed record ShellExit(int? Code, int? Signal);

/// <summary>The words of the status channel.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StatusLine))]
internal sealed partial class StatusJson : JsonSerializerContext;
