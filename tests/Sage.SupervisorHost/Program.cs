using Sage.Sandbox.Supervision;

namespace Sage.SupervisorHost;

/// <summary>Stands in for the <c>sage</c> executable in tests: the supervisor, a client that can be killed, a command that tries things, and an MCP server.</summary>
internal static class Program
{
    public const string ClientVerb = "client";

    private static async Task<int> Main(string[] args) =>
        args switch
        {
            [Supervisor.Verb, .. var rest] => Supervisor.Run(rest),
            [Attempts.Verb, .. var attempts] => await Attempts.RunAsync(attempts),
            [McpTestServer.Verb, .. var options] => McpTestServer.Run(options),
            [ClientVerb, .. var commands] => await RunClientAsync(commands),
            _ => 2,
        };

    /// <summary>Runs the commands at once, says <c>running</c> when all have started, and waits for all.</summary>
    private static async Task<int> RunClientAsync(string[] commands)
    {
        var started = await Task.WhenAll(
            commands.Select(command =>
                TestSupervisor.Runner.StartAsync(
                    new(command, Environment.CurrentDirectory),
                    _ => ValueTask.CompletedTask
                )
            )
        );
        Console.WriteLine("running");
        await Task.WhenAll(started.Select(command => command.Completion));
        return 0;
    }
}
