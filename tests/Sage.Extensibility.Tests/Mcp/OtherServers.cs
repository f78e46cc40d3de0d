using System.Diagnostics;
using System.Text.Json;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>Programs around MCP that others wrote, as the lock file of <c>tests/mcp-servers</c> names them.</summary>
internal static class OtherServers
{
    public const string Conformance = "conformance";
    public const string Everything = "server-everything";
    public const string Filesystem = "server-filesystem";

    /// <summary>Where they are.</summary>
    public static string Folder => Repository.PathOf("tests/mcp-servers");

    public static string Script(string package)
    {
        var script = Path.Combine(Folder, "node_modules", "@modelcontextprotocol", package, "dist", "index.js");
        return File.Exists(script)
            ? script
            : throw new InvalidOperationException(
                $"{script} is not there. `npm test` installs it, and so does `npm ci --ignore-scripts` in {Folder}."
            );
    }

    /// <summary>An entry of the configuration that starts one.</summary>
    public static string Entry(string package, params string[] arguments) =>
        $$"""{ "command": "node", "args": [{{string.Join(", ", arguments.Prepend(Script(package)).Select(Json))}}] }""";

    /// <summary>Starts one that serves over HTTP, and waits until it says that it does.</summary>
    public static async Task<Process> ServeAsync(string transport, int port)
    {
        var start = new ProcessStartInfo("node", [Script(Everything), transport]) { RedirectStandardError = true };
        start.Environment["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(McpRig.Patience);
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains("port", StringComparison.Ordinal))
            {
                // What nobody reads would hold it up.
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return process;
            }
        }

        throw new InvalidOperationException($"The server has ended with {process.ExitCode}.");
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
