using System.Diagnostics;
using Sage.TestKit;

namespace Sage.Server.Tests.EndToEnd;

/// <summary>The published program; <c>SAGE_BINARY</c> names another one.</summary>
internal static class SageBinary
{
    private static readonly string Default = System.IO.Path.Combine(
        Repository.Root,
        "out",
        "server",
        OperatingSystem.IsWindows() ? "sage.exe" : "sage"
    );

    public static string Path
    {
        get
        {
            var path = Environment.GetEnvironmentVariable("SAGE_BINARY") is { Length: > 0 } named ? named : Default;
            Assert.True(File.Exists(path), $"{path} does not exist. Publish it first: npm run build.");
            return path;
        }
    }

    /// <summary>How to start it, with a home of its own and without anybody's keys.</summary>
    public static ProcessStartInfo Start(string home, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in start.Environment.Keys.Where(n => n.EndsWith("_API_KEY", StringComparison.Ordinal)).ToList()
        )
        {
            start.Environment.Remove(name);
        }

        start.Environment["SAGE_HOME"] = home;
        return start;
    }
}
