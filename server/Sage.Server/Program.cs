using Sage.Sandbox.Supervision;
using Sage.Server.Cli;

namespace Sage.Server;

internal static class Program
{
    private static int Main(string[] args) =>
        // First, and on the main thread: a supervisor must have done nothing else before.
        args is [Supervisor.Verb, .. var rest]
            ? Supervisor.Run(rest)
            : CommandLine.RunAsync(args, Terminal.Take()).GetAwaiter().GetResult();
}
