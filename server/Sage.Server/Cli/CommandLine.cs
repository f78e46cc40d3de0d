namespace Sage.Server.Cli;

/// <summary>Finds out what the process was started for.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal) =>
        // Not through the parser: the editor waits, and its client library adds arguments of its own.
        args.Contains("--stdio")
            ? await StdioCommand.RunAsync(terminal)
            : await SageCommandLine.RunAsync(args, terminal);
}
