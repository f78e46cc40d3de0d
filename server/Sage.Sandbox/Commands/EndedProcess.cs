using System.Text.Json.Serialization;

namespace Sage.Sandbox.Commands;

/// <summary>One process that did not end by itself.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Name">The name of its executable, as the kernel has it (at most 15 characters).</param>
/// <param name="How">What it took.</param>
/// <param name="Ms">Milliseconds from the moment it was to end until it was gone.</param>
public sealed record EndedProcess(int Pid, string Name, EndedHow How, long Ms);

/// <summary>What it took to end a process.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EndedHow>))]
public enum EndedHow
{
    /// <summary>It was asked to (SIGTERM) and did.</summary>
    Terminated,

    /// <summary>It was killed (SIGKILL).</summary>
    Killed,

    /// <summary>It could not be ended: it runs as another user, or hangs in the kernel.</summary>
    Survived,
}
