using System.Diagnostics;
using System.Text.Json;

namespace Sage.Server.Tests.EndToEnd;

/// <summary>
/// However the server ends, with a turn, a tree of shell processes and a background task running: it is gone within two
/// seconds, nothing it started is left, and the journal is whole.
/// </summary>
[Trait("Category", "EndToEnd")]
public sealed class ShutdownTests
{
    // Two seconds are promised; a busy machine gets twice that.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public Task A_signal(string signal) => EndsCleanlyAsync((server, _) => SignalAsync(server.Pid, signal));

    [Fact]
    public Task Shutdown_and_exit() =>
        EndsCleanlyAsync(
            async (server, _) =>
            {
                await server.Client.CallAsync("shutdown");
                await server.Client.NotifyAsync("exit");
            }
        );

    [Fact]
    public Task The_end_of_standard_input() => EndsCleanlyAsync(async (server, _) => await server.Client.HangUpAsync());

    [Fact]
    public Task The_death_of_the_editor_though_the_input_stays_open() =>
        EndsCleanlyAsync((_, editor) => SignalAsync(editor.Id, "KILL"));

    [Fact]
    public async Task A_killed_server_leaves_no_process_and_a_journal_that_goes_on()
    {
        await using var server = await LiveServer.InitializedAsync();
        var (session, foreground, background) = await BusyAsync(server);

        await server.KillAsync();

        await RunningCommand.AssertGoneAsync(foreground);
        await RunningCommand.AssertGoneAsync(background);
        await AssertJournalIsWholeAsync(server, session);
    }

    private static async Task EndsCleanlyAsync(Func<LiveServer, Process, Task> end)
    {
        using var editor = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        try
        {
            await using var server = await LiveServer.InitializedAsync(processId: editor.Id);
            var (session, foreground, background) = await BusyAsync(server);
            var clock = Stopwatch.StartNew();

            await end(server, editor);

            var (exitCode, error) = await server.EndAsync();
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Limit);
            Assert.Equal((0, ""), (exitCode, error));
            await RunningCommand.AssertGoneAsync(foreground);
            await RunningCommand.AssertGoneAsync(background);
            await AssertJournalIsWholeAsync(server, session);
        }
        finally
        {
            editor.Kill();
        }
    }

    /// <summary>A turn that runs a tree of processes in front, and one that does not heed SIGTERM in the background.</summary>
    private static async Task<(string Session, string Foreground, string Background)> BusyAsync(LiveServer server)
    {
        var (command, foreground) = RunningCommand.Create();
        var background = RunningCommand.Seconds(300);
        var stubborn = $"trap '' TERM; sleep {background}";
        server.Model.Reply(r => r.ToolCall("run_command", new { command = stubborn, background = true }));
        server.Model.Reply(r => r.ToolCall("run_command", new { command }));
        var session = await server.NewSessionAsync();
        await server.PromptAsync(session, "work", mode: "full");
        await RunningCommand.UntilRunningAsync(background, 1);
        await RunningCommand.UntilRunningAsync(foreground, 2);
        return (session, foreground, background);
    }

    private static async Task AssertJournalIsWholeAsync(LiveServer server, string session)
    {
        await using var next = await server.AgainAsync();
        var opened = await next.Client.CallAsync("sage/session/open", $$"""{"sessionId":"{{session}}"}""");
        var events = opened.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(1, events.Length), events.Select(e => e.GetProperty("seq").GetInt32()));
        Assert.Equal(Ids(events, "toolCallStarted", "callId"), Ids(events, "toolCallEnded", "callId"));
        Assert.Equal(Ids(events, "turnStarted", "turnId"), Ids(events, "turnEnded", "turnId"));
        Assert.Equal(Ids(events, "backgroundStarted", "taskId"), Ids(events, "backgroundEnded", "taskId"));
        next.Model.Reply(r => r.Text("fine"));
        var answer = await (await next.PromptAsync(session, "next")).Answer;
        Assert.Equal("completed", answer.GetProperty("result").GetProperty("outcome").GetString());
        Assert.Empty(next.Model.Violations);
    }

    private static IEnumerable<string?> Ids(JsonElement[] events, string type, string id) =>
        events
            .Select(e => e.GetProperty("event"))
            .Where(e => e.GetProperty("type").GetString() == type)
            .Select(e => e.GetProperty(id).GetString());

    private static async Task SignalAsync(int pid, string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{pid}"]))!;
        await kill.WaitForExitAsync();
    }
}
