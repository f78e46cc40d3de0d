using System.Text.Json;

namespace Sage.Server.Tests.EndToEnd;

[Trait("Category", "EndToEnd")]
public sealed class SteeringTests
{
    [Fact]
    public async Task A_steer_reaches_the_running_turn_and_a_queued_prompt_waits_for_its_own()
    {
        await using var server = await LiveServer.InitializedAsync();
        var gate = server.Model.Gate();
        server.Model.Reply(r => r.Text("Looking.").Gate(gate).ToolCall("list_directory", new { }));
        server.Model.When("use tabs", r => r.Text("With tabs, then."));
        server.Model.When("now the tests", r => r.Text("Tests written."));
        var session = await server.NewSessionAsync();
        var (_, answer) = await server.PromptAsync(session, "format it");
        await gate.Reached;

        await server.Client.CallAsync("sage/turn/steer", Words(session, "s1", "use tabs"));
        await server.Client.CallAsync("sage/turn/queue", Words(session, "q1", "now the test"));
        await server.Client.CallAsync("sage/turn/editQueued", Words(session, "q1", "now the tests"));
        gate.Release();

        Assert.Equal("completed", Outcome(await answer));
        Assert.Equal(2, server.Model.ModelRequests.Count);
        var second = await server.Client.RequestAsync(
            "sage/turn/run",
            $$"""{"sessionId":"{{session}}","input":[],"queuedId":"q1"}"""
        );
        Assert.Equal("completed", Outcome(second));
        Assert.Equal(0, server.Model.RepliesLeft);
        Assert.Empty(server.Model.Violations);
        var late = await server.Client.FailAsync("sage/turn/steer", Words(session, "s2", "too late"));
        Assert.Equal(Protocol.ErrorCodes.NoTurnRunning, late.Code);
    }

    [Fact]
    public async Task What_waits_survives_the_death_of_the_server()
    {
        await using var first = await LiveServer.InitializedAsync();
        var session = await first.NewSessionAsync();
        await first.Client.CallAsync("sage/turn/queue", Words(session, "q1", "one"));
        await first.Client.CallAsync("sage/turn/queue", Words(session, "q2", "two"));
        await first.Client.CallAsync("sage/turn/reorderQueued", $$"""{"sessionId":"{{session}}","ids":["q2","q1"]}""");
        await first.KillAsync();

        await using var second = await first.AgainAsync();
        second.Model.When("two", r => r.Text("Two it is."));
        var opened = await second.Client.CallAsync("sage/session/open", $$"""{"sessionId":"{{session}}"}""");

        Assert.Equal(
            ["sessionCreated", "steer", "steer", "queueReordered"],
            opened
                .GetProperty("events")
                .EnumerateArray()
                .Select(e => e.GetProperty("event").GetProperty("type").GetString())
        );
        var run = await second.Client.RequestAsync(
            "sage/turn/run",
            $$"""{"sessionId":"{{session}}","input":[],"queuedId":"q2"}"""
        );
        Assert.Equal("completed", Outcome(run));
    }

    private static string Words(string session, string id, string words) =>
        $$"""{"sessionId":"{{session}}","id":"{{id}}","input":[{"type":"text","text":"{{words}}"}]}""";

    private static string? Outcome(JsonElement answer) =>
        answer.GetProperty("result").GetProperty("outcome").GetString();
}
