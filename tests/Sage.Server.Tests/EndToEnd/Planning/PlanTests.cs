using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Planning;

/// <summary>Plan mode over the wire: a plan is reviewed by the client, and survives the death of the server.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PlanTests
{
    private const string Plan = "## Types\n\n1. Write `new.txt`\n2. Look at it";

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_commented_plan_is_proposed_again_and_the_accepted_one_is_carried_out_in_its_mode(
        WireFormat format
    )
    {
        await using var server = await LiveServer.InitializedAsync(format);
        server
            .Model.Reply(r => r.ToolCall("exit_plan_mode", new { plan = Plan }))
            .Reply(r => r.ToolCall("exit_plan_mode", new { plan = "1. Write `new.txt`" }))
            .Reply(r => r.ToolCall("write_file", new { path = "new.txt", content = "written\n" }))
            .Reply(r => r.Text("Done."));
        var answers = new Queue<string>([
            """{"decision":"revise","comments":[{"line":4,"quote":"2. Look at it","text":"No need."}]}""",
            """{"decision":"accept","mode":"autoEdit"}""",
        ]);
        server.Client.Handle("sage/plan/review", _ => JsonNode.Parse(answers.Dequeue()));
        var session = await server.NewSessionAsync();

        var (_, answer) = await server.PromptAsync(session, "write it", "plan");

        Assert.Equal("completed", (await answer).GetProperty("result").GetProperty("outcome").GetString());
        Assert.Equal("written\n", server.Folder.Read("new.txt"));
        Assert.Empty(server.Model.Violations);
        var requests = server.Model.ModelRequests;
        Assert.Contains(
            "On line 4 of the plan:\n> 2. Look at it\nNo need.",
            requests[1].LastToolResults[0],
            StringComparison.Ordinal
        );
        // The mode changed in the middle of the turn: still no byte of the beginning did.
        Assert.Single(requests.Select(r => r.System).Distinct());
        Assert.Single(requests.Select(r => r.Body.GetProperty("tools").GetArrayLength()).Distinct());
        var events = await EventsAsync(server, session);
        Assert.Equal("autoEdit", Of(events, "planAnswered").Last().GetProperty("mode").GetString());
        Assert.Equal(
            "Write new.txt",
            Of(events, "planUpdated").Single().GetProperty("items")[0].GetProperty("text").GetString()
        );
        Assert.Empty(Of(events, "permissionAsked"));
    }

    [Fact]
    public async Task A_plan_under_review_survives_the_death_of_the_server()
    {
        await using var first = await LiveServer.InitializedAsync();
        first.Model.Reply(r => r.ToolCall("exit_plan_mode", new { plan = Plan }));
        var never = new TaskCompletionSource<JsonNode?>();
        first.Client.Handle("sage/plan/review", _ => never.Task);
        var session = await first.NewSessionAsync();
        await first.PromptAsync(session, "write it", "plan");
        await first.Client.WaitForMethodAsync("sage/plan/review");
        await first.KillAsync();

        await using var second = await first.AgainAsync();
        second.Client.Handle("sage/plan/review", _ => JsonNode.Parse("""{"decision":"accept","mode":"autoEdit"}"""));
        second
            .Model.Reply(r => r.ToolCall("write_file", new { path = "new.txt", content = "written\n" }))
            .Reply(r => r.Text("Done."));
        var opened = await second.Client.CallAsync("sage/session/open", $$"""{"sessionId":"{{session}}"}""");
        Assert.True(opened.GetProperty("suspended").GetBoolean());

        var resumed = await second.Client.CallAsync("sage/turn/resume", $$"""{"sessionId":"{{session}}"}""");

        Assert.Equal("completed", resumed.GetProperty("outcome").GetString());
        Assert.Equal("written\n", first.Folder.Read("new.txt"));
        Assert.Empty(second.Model.Violations);
    }

    [Fact]
    public async Task A_stop_takes_the_question_back_and_changes_nothing()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Model.Reply(r => r.ToolCall("exit_plan_mode", new { plan = Plan }));
        var never = new TaskCompletionSource<JsonNode?>();
        server.Client.Handle("sage/plan/review", _ => never.Task);
        var session = await server.NewSessionAsync();
        var (id, answer) = await server.PromptAsync(session, "write it", "plan");
        await server.Client.WaitForMethodAsync("sage/plan/review");

        await server.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        Assert.Equal("interrupted", (await answer).GetProperty("result").GetProperty("outcome").GetString());
        var events = await EventsAsync(server, session);
        Assert.Equal("cancelled", Of(events, "toolCallEnded").Single().GetProperty("status").GetString());
        Assert.Empty(Of(events, "planAnswered"));
    }

    [Fact]
    public async Task A_client_that_knows_no_plans_gets_the_plan_and_the_end_of_the_turn()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Model.Reply(r => r.ToolCall("exit_plan_mode", new { plan = Plan }));
        var session = await server.NewSessionAsync();

        var (_, answer) = await server.PromptAsync(session, "write it", "plan");

        Assert.Equal("completed", (await answer).GetProperty("result").GetProperty("outcome").GetString());
        var events = await EventsAsync(server, session);
        Assert.Equal(Plan, Of(events, "planProposed").Single().GetProperty("plan").GetString());
        Assert.Contains(
            "not accepted",
            Of(events, "toolCallEnded").Single().GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    private static async Task<JsonElement[]> EventsAsync(LiveServer server, string session)
    {
        var opened = await server.Client.CallAsync("sage/session/open", $$"""{"sessionId":"{{session}}"}""");
        return [.. opened.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event"))];
    }

    private static IEnumerable<JsonElement> Of(JsonElement[] events, string type) =>
        events.Where(e => e.GetProperty("type").GetString() == type);
}
