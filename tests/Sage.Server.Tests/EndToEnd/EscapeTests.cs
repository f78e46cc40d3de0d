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
}
