using System.Collections.Immutable;

namespace Sage.Sandbox.Commands;

/// <summary>How a command ended. When there is one, nothing it started is running any more.</summary>
/// <param name="ExitCode">The shell's exit code; null when a signal ended it.</param>
/// <param name="Signal">The signal that ended the shell.</param>
/// <param name="Ended">Processes that did not end by themselves: what the shell left behind, or what a stop ended.</param>
/// <param name="Duration">From the start until the shell ended.</param>
public sealed record CommandExit(int? ExitCode, int? Signal, ImmutableArray<EndedProcess> Ended, TimeSpan Duration)
{
    /// <summary>
    /// What was to be protected and was made while the command ran, by it or by somebody else: what does not exist cannot be
    /// protected.
    /// </summary>
    public ImmutableArray<string> Appeared { get; init; } = [];

    /// <summary>For people: <c>exit code 1</c>, <c>ended by SIGKILL</c>.</summary>
    public string Description =>
        Signal is { } signal ? $"ended by {Native.SignalName.Of(signal)}"
        : ExitCode is { } code ? $"exit code {code}"
        : "ended without an exit code";
}
