using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Sage.Server.Tests.EndToEnd;

[Trait("Category", "EndToEnd")]
public sealed class BackpressureTests
{
    private const int Deltas = 20_000;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_client_that_hangs_for_half_a_minute_costs_no_memory_and_misses_nothing()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Model.When("talk", r => r.Deltas(Deltas, Piece));
        server.Model.When(
            "flood",
            r => r.ToolCall("run_command", new { command = "yes 0123456789 | head -c 100000000" })
        );
        server.Model.When("exit code 0", r => r.Text("That was a lot."));
        server.Client.Patience = 4 * Hang;
        var (talking, flooding) = (await server.NewSessionAsync(), await server.NewSessionAsync());
        long before;
        long highest;
        Task<JsonElement> talk;
        Task<JsonElement> flood;
        using (await server.Client.StopReadingAsync())
        {
            before = ResidentBytes(server.Pid);
            (_, talk) = await server.PromptAsync(talking, "talk");
            (_, flood) = await server.PromptAsync(flooding, "flood", mode: "full");
            highest = await HighestAsync(server.Pid, Task.Delay(Hang));
        }

        Assert.Equal("completed", Outcome(await talk));
        Assert.Equal("completed", Outcome(await flood));
        Assert.InRange(highest - before, 0, 64 << 20);
        Assert.Equal(string.Concat(Enumerable.Range(0, Deltas).Select(Piece)), Joined(server, talking, "textDelta"));
        Assert.NotEqual("", Joined(server, flooding, "toolOutput"));
        // The command did not wait for the client; what it wrote is kept up to the limit of one file.
        Assert.InRange(new FileInfo(Assert.Single(SpillFiles(server))).Length, 64 << 20, 100_000_000);
        Assert.Empty(server.Model.Violations);
    }

    [Fact]
    public async Task A_gigabyte_of_output_takes_no_memory_and_the_client_gets_a_part_of_it()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Client.Patience = 4 * Hang;
        server.Model.When("flood", r => r.ToolCall("run_command", new { command = "yes | head -c 1G" }));
        server.Model.When("exit code 0", r => r.Text("That was a lot."));
        var session = await server.NewSessionAsync();
        var before = ResidentBytes(server.Pid);

        var (_, flood) = await server.PromptAsync(session, "flood", mode: "full");
        var highest = await HighestAsync(server.Pid, flood);

        Assert.Equal("completed", Outcome(await flood));
        Assert.InRange(highest - before, 0, 64 << 20);
        Assert.InRange(Received(server, session, "toolOutput").Sum(Length), 1, 256 << 20);
        Assert.Equal(64 << 20, new FileInfo(Assert.Single(SpillFiles(server))).Length);
    }

    private static long Length(JsonElement happened) => happened.GetProperty("text").GetString()!.Length;

    private static string Piece(int number) => $"{number} ";

    private static string? Outcome(JsonElement answer) =>
        answer.GetProperty("result").GetProperty("outcome").GetString();

    /// <summary>The pieces of a stream put together; each must begin where the one before it ended.</summary>
    private static string Joined(LiveServer server, string session, string type)
    {
        var text = new StringBuilder();
        foreach (var happened in Received(server, session, type))
        {
            Assert.Equal(text.Length, happened.GetProperty("offset").GetInt64());
            text.Append(happened.GetProperty("text").GetString());
        }

        return text.ToString();
    }

    private static IEnumerable<JsonElement> Received(LiveServer server, string session, string type) =>
        server
            .Client.Received.Where(message =>
                message.TryGetProperty("params", out var sent) && IsOf(sent, session, type)
            )
            .Select(message => message.GetProperty("params").GetProperty("event"));

    private static bool IsOf(JsonElement sent, string session, string type) =>
        sent.TryGetProperty("event", out var happened)
        && sent.GetProperty("sessionId").GetString() == session
        && happened.GetProperty("type").GetString() == type;

    private static string[] SpillFiles(LiveServer server) =>
        Directory.GetFiles(server.Home["spill"], "*", SearchOption.AllDirectories);

    private static async Task<long> HighestAsync(int pid, Task end)
    {
        var highest = 0L;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!end.IsCompleted)
        {
            await tick.WaitForNextTickAsync();
            highest = Math.Max(highest, ResidentBytes(pid));
        }

        return highest;
    }

    private static long ResidentBytes(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64;
    }
}
