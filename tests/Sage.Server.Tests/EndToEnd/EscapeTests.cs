using System.Diagnostics;
using System.Text.Json;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd;

/// <summary>The ways in which programs get away from whoever started them, under the published program's own supervisor.</summary>
[Trait("Category", "EndToEnd")]
public sealed class EscapeTests
{
    [Theory]
    [InlineData("SLEEP", 1)]
    [InlineData("(SLEEP &); SLEEP", 2)]
    [InlineData("(setsid sh -c 'SLEEP & SLEEP' &); SLEEP", 3)]
    [InlineData("(trap '' TERM; SLEEP; true) & SLEEP", 2)]
    [InlineData("(setsid sh -c 'trap \"\" TERM HUP; SLEEP; true' &); exec >/dev/null 2>&1; SLEEP", 2)]
    public async Task Nothing_that_a_turn_started_outlives_its_stop(string command, int sleeps)
    {
        await using var server = await LiveServer.InitializedAsync();
        var marker = RunningCommand.Seconds(300);
        var line = command.Replace("SLEEP", $"sleep {marker}", StringComparison.Ordinal);
        server.Model.Reply(r => r.ToolCall("run_command", new { command = line }));
        var session = await server.NewSessionAsync();
        var (id, answer) = await server.PromptAsync(session, "sleep", mode: "full");
        await RunningCommand.UntilRunningAsync(marker, sleeps);

        await server.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        Assert.Equal("interrupted", (await answer).GetProperty("result").GetProperty("outcome").GetString());
        await RunningCommand.AssertGoneAsync(marker);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Nothing_of_fifty_at_once_outlives_the_server(string signal)
    {
        const int Sessions = 5;
        const int Each = 10;
        await using var server = await LiveServer.InitializedAsync();
        var marker = RunningCommand.Seconds(300);
        var command = $"(setsid sh -c 'trap \"\" TERM HUP; sleep {marker}; true' &); sleep {marker}";
        server.Model.Always("start", r => StartAll(r, command, Each));
        server.Model.Always("background", r => r.Text("They run."));
        var turns = new List<Task<JsonElement>>();
        for (var number = 0; number < Sessions; number++)
        {
            turns.Add((await server.PromptAsync(await server.NewSessionAsync(), "start", mode: "full")).Answer);
        }

        await Task.WhenAll(turns);
        await RunningCommand.UntilRunningAsync(marker, 2 * Sessions * Each);

        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{server.Pid}"]))!;
        await kill.WaitForExitAsync();

        await server.EndAsync();
        await RunningCommand.AssertGoneAsync(marker);
    }

    private static void StartAll(ScriptedReply reply, string command, int times)
    {
        for (var number = 0; number < times; number++)
        {
            reply.ToolCall("run_command", new { command, background = true });
        }
    }
}
