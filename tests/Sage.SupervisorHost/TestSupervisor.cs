using Sage.Sandbox.Commands;
using Sage.Sandbox.Supervision;

namespace Sage.SupervisorHost;

/// <summary>
/// Starts supervisors, because a test runner is not the <c>sage</c> executable: the program that <c>SAGE_BINARY</c> names, which
/// is the published one in a run of all tests, else this assembly.
/// </summary>
public static class TestSupervisor
{
    public static SupervisorLaunch Launch { get; } =
        Environment.GetEnvironmentVariable("SAGE_BINARY") is { Length: > 0 } sage
            ? new(sage, [Supervisor.Verb])
            : new(DotNet, ["exec", typeof(TestSupervisor).Assembly.Location, Supervisor.Verb]);

    /// <summary>How to start the program that is a client of supervisors and can be killed.</summary>
    public static SupervisorLaunch Client { get; } =
        new(DotNet, ["exec", typeof(TestSupervisor).Assembly.Location, Program.ClientVerb]);

    /// <summary>A command line that tries things from inside of the walls.</summary>
    public static string Attempt(params string[] attempts) =>
        $"{DotNet} exec {typeof(TestSupervisor).Assembly.Location} {Attempts.Verb} {string.Join(' ', attempts)}";

    /// <summary>The program and the arguments of an MCP server that does what it is told.</summary>
    public static (string Command, string[] Arguments) McpServer(params string[] options) =>
        (DotNet, ["exec", typeof(TestSupervisor).Assembly.Location, McpTestServer.Verb, .. options]);

    public static CommandRunner Runner { get; } = new(Launch, EnvironmentScrub.Default, TimeProvider.System);

    // The command line sets this variable for what it starts.
    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
