using System.Diagnostics;

namespace Sage.Server.Tests.EndToEnd;

/// <summary>A command that sleeps, recognisable among all processes by an odd number of seconds.</summary>
internal static class RunningCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static int _next = Environment.ProcessId % 10_000;

    /// <summary>A command line that leaves a child of a child running; the marker finds them.</summary>
    public static (string Command, string Marker) Create()
    {
        var marker = Seconds(300);
        return ($"(setsid sleep {marker} &) ; sleep {marker}", marker);
    }

    /// <summary>An argument for <c>sleep</c> that no other process has.</summary>
    public static string Seconds(int whole) => $"{whole}.{Interlocked.Increment(ref _next):D9}";

    /// <summary>Makes the server run one, and waits until it runs.</summary>
    public static async Task<string> StartInAsync(LiveServer server)
    {
        var (command, marker) = Create();
        server.Model.Reply(r => r.ToolCall("run_command", new { command }));
        await server.PromptAsync(await server.NewSessionAsync(), "sleep", mode: "full");
        await UntilRunningAsync(marker, 2);
        return marker;
    }

    public static Task UntilRunningAsync(string marker, int processes) =>
        UntilAsync(() => Count(marker) >= processes, "the command to run");

    public static Task AssertGoneAsync(string marker) => UntilAsync(() => Count(marker) == 0, "the command to be gone");

    /// <summary>How many processes have the marker as an argument of their own.</summary>
    private static int Count(string marker) =>
        Directory
            .EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Count(folder => Arguments(folder) is ["sleep", var seconds, ..] && seconds == marker);

    private static string[] Arguments(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // There is no event for "a process of somebody else is gone": look until it is so, for a limited time.
    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, $"Waited in vain for {what}.");
            await tick.WaitForNextTickAsync();
        }
    }
}
