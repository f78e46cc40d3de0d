using System.Collections.Immutable;

namespace Sage.Sandbox.Supervision;

/// <summary>How a supervisor is started: our own executable, once more.</summary>
/// <param name="Executable">A path, or a name on PATH.</param>
/// <param name="Arguments">Come before the supervisor's own.</param>
public sealed record SupervisorLaunch(string Executable, ImmutableArray<string> Arguments)
{
    /// <summary>This process's own executable with the verb <see cref="Supervisor.Verb"/>.</summary>
    public static SupervisorLaunch OwnExecutable { get; } =
        new(Environment.ProcessPath ?? throw new PlatformNotSupportedException("No executable."), [Supervisor.Verb]);
}
