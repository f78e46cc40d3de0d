using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sage.Server.Tests.EndToEnd.Subagents;

/// <summary>Kill -9 while sub-agents work: the next server says of each how far it came.</summary>
[Trait("Category", "EndToEnd")]
public sealed class KilledSubagentTests
{
    [Fact]
    public async Task Two_that_worked_when_the_server_was_killed_are_reported_with_what_they_had_done()
    {
        await using var first = await LiveServer.InitializedAsync();
        var (one, other) = (first.Model.Gate("one"), first.Model.Gate("other"));
        StartTwo(first, "Find the cart", "Change the cart");
        first.Model.When("Find the cart", r => r.Text("I look.").ToolCall("list_directory", new { }));
        first.Model.When("Find the cart", r => r.Gate(one).Text("never said"));
        first.Model.When(
            "Change the cart",
            r => r.Text("I write.").ToolCall("write_file", new { path = "new.ts", content = "let total = 0;\n" })
        );
        first.Model.When("Change the cart", r => r.Gate(other).Text("never said"));
        var session = await first.NewSessionAsync();
        await first.PromptAsync(session, "go", "full");
        await Task.WhenAll(one.Reached, other.Reached).WaitAsync(TimeSpan.FromSeconds(60));
        await first.KillAsync();

        await using var second = await first.AgainAsync();
        var events = await EventsAsync(second, session);

        var results = Of(events, "toolCallEnded");
        Assert.Equal(["crashed", "crashed"], results.Select(e => e.GetProperty("status").GetString()));
        Assert.Equal(2, results.Select(e => e.GetProperty("callId").GetString()).Distinct().Count());
        var texts = results.Select(e => e.GetProperty("text").GetString()!).ToList();
        Assert.All(texts, text => Assert.Contains("cut off when Sage stopped", text, StringComparison.Ordinal));
        Assert.Contains(texts, text => text.EndsWith("I look.", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("changed new.ts.]", StringComparison.Ordinal));
        Assert.Single(Of(events, "turnEnded"));
        Assert.Empty(await second.WorkAsync());
        await GoesOnAsync(second, session);
    }

    [Fact]
    public async Task One_that_waited_for_a_permission_and_one_in_the_background_are_reported()
    {
        await using var first = await LiveServer.InitializedAsync();
        var gate = first.Model.Gate("beside");
        first.Model.Reply(r =>
            r.ToolCall(
                    "run_subagent",
                    new
                    {
                        task = "Find the cart",
                        kind = "explore",
                        background = true,
                    }
                )
                .ToolCall("run_subagent", new { task = "Change the cart", kind = "general" })
        );
        first.Model.When("Find the cart", r => r.Gate(gate).Text("never said"));
        first.Model.When(
            "Change the cart",
            r => r.Text("May I?").ToolCall("write_file", new { path = "new.ts", content = "let total = 0;\n" })
        );
        var never = new TaskCompletionSource<JsonNode?>();
        first.Client.Handle("sage/permission/request", _ => never.Task);
        var session = await first.NewSessionAsync();
        await first.PromptAsync(session, "go");
        await first.Client.WaitForMethodAsync("sage/permission/request");
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(60));
        await first.KillAsync();

        await using var second = await first.AgainAsync();
        var events = await EventsAsync(second, session);

        var results = Of(events, "toolCallEnded");
        Assert.Equal(["ok", "crashed"], results.Select(e => e.GetProperty("status").GetString()));
        Assert.EndsWith("May I?", results[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        var ended = Assert.Single(Of(events, "backgroundEnded"));
        Assert.Equal("crashed", ended.GetProperty("how").GetString());
        Assert.Contains("cut off", ended.GetProperty("result").GetString(), StringComparison.Ordinal);
        Assert.Single(Of(events, "turnEnded"));
        Assert.False(File.Exists(first.Folder["new.ts"]));
        Assert.Empty(await second.WorkAsync());
        await GoesOnAsync(second, session);
    }

    private static void StartTwo(LiveServer server, string first, string second) =>
        server.Model.Reply(r =>
            r.ToolCall("run_subagent", new { task = first, kind = "explore" })
                .ToolCall("run_subagent", new { task = second, kind = "general" })
        );

    private static async Task GoesOnAsync(LiveServer server, string session)
    {
        server.Model.When("what now?", r => r.Text("On we go."));
        var (_, answer) = await server.PromptAsync(session, "what now?");
        Assert.Equal("completed", (await answer).GetProperty("result").GetProperty("outcome").GetString());
        Assert.Empty(server.Model.Violations);
    }

    private static async Task<List<JsonElement>> EventsAsync(LiveServer server, string session) =>
        [
            .. (await server.Client.CallAsync("sage/session/open", $$"""{"sessionId":"{{session}}"}"""))
                .GetProperty("events")
                .EnumerateArray()
                .Select(envelope => envelope.GetProperty("event")),
        ];

    private static List<JsonElement> Of(List<JsonElement> events, string type) =>
        [.. events.Where(e => e.GetProperty("type").GetString() == type)];
}
