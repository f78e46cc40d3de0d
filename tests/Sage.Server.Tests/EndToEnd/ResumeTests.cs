using System.Text.Json.Nodes;

namespace Sage.Server.Tests.EndToEnd;

/// <summary>Kill -9 while the user is asked: the next server asks again, and the turn goes on.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ResumeTests
{
    [Fact]
    public async Task A_pending_approval_survives_the_death_of_the_server()
    {
        await using var first = await LiveServer.InitializedAsync();
        first.Model.Reply(r =>
            r.Text("I write it.").ToolCall("write_file", new { path = "new.txt", content = "written\n" })
        );
        var never = new TaskCompletionSource<JsonNode?>();
        first.Client.Handle("sage/permission/request", _ => never.Task);
        var session = await first.NewSessionAsync();
        await first.PromptAsync(session, "write it");
        await first.Client.WaitForMethodAsync("sage/permission/request");
        await first.KillAsync();

        await using var second = await first.AgainAsync();
        second.Client.Handle("sage/permission/request", _ => JsonNode.Parse("""{"decision":"allow","scope":"once"}"""));
        second.Model.Reply(r => r.Text("Written."));
        var opened = await second.Client.CallAsync("sage/session/open", Of(session));
        Assert.True(opened.GetProperty("suspended").GetBoolean());
        Assert.False(File.Exists(first.Folder["new.txt"]));

        var resumed = await second.Client.CallAsync("sage/turn/resume", Of(session));

        Assert.Equal("completed", resumed.GetProperty("outcome").GetString());
        Assert.Equal("written\n", first.Folder.Read("new.txt"));
        Assert.Empty(second.Model.Violations);
        Assert.Equal(0, second.Model.RepliesLeft);
        var again = await second.Client.FailAsync("sage/turn/resume", Of(session));
        Assert.Equal(Protocol.ErrorCodes.NoTurnSuspended, again.Code);
        await AssertWholeAsync(second, session);
    }

    [Fact]
    public async Task A_turn_that_is_resumed_can_be_stopped()
    {
        await using var first = await LiveServer.InitializedAsync();
        first.Model.Reply(r => r.ToolCall("run_command", new { command = "touch made" }));
        var never = new TaskCompletionSource<JsonNode?>();
        first.Client.Handle("sage/permission/request", _ => never.Task);
        var session = await first.NewSessionAsync();
        await first.PromptAsync(session, "make it");
        await first.Client.WaitForMethodAsync("sage/permission/request");
        await first.KillAsync();

        await using var second = await first.AgainAsync();
        second.Client.Handle("sage/permission/request", _ => never.Task);
        var (id, answer) = await second.Client.SendRequestAsync("sage/turn/resume", Of(session));
        await second.Client.WaitForMethodAsync("sage/permission/request");
        await second.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        Assert.Equal("interrupted", (await answer).GetProperty("result").GetProperty("outcome").GetString());
        Assert.False(File.Exists(first.Folder["made"]));
        await AssertWholeAsync(second, session);
    }

    private static async Task AssertWholeAsync(LiveServer server, string session)
    {
        var opened = await server.Client.CallAsync("sage/session/open", Of(session));
        Assert.False(opened.GetProperty("suspended").GetBoolean());
        var types = opened
            .GetProperty("events")
            .EnumerateArray()
            .Select(e => e.GetProperty("event").GetProperty("type").GetString())
            .ToList();
        Assert.Equal(types.Count(type => type == "toolCallStarted"), types.Count(type => type == "toolCallEnded"));
        Assert.Single(types, "turnEnded");
    }

    private static string Of(string session) => $$"""{"sessionId":"{{session}}"}""";
}
