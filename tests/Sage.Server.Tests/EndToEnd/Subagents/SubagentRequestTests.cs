namespace Sage.Server.Tests.EndToEnd.Subagents;

/// <summary>What an editor asks about sub-agents.</summary>
[Trait("Category", "EndToEnd")]
public sealed class SubagentRequestTests
{
    [Fact]
    public async Task Kinds_are_listed_with_their_files_and_what_is_wrong_with_them()
    {
        await using var server = await LiveServer.InitializedAsync();
        var good = server.Folder.Write(
            ".sage/agents/reviewer.md",
            "---\ndescription: Reviews\ntools: Read\n---\nBe strict."
        );
        var bad = server.Folder.Write(".claude/agents/bad.md", "Be strict.");

        var listed = await server.Client.CallAsync("sage/subagent/list", "{}");

        var kinds = listed.GetProperty("kinds").EnumerateArray().ToList();
        Assert.Equal(["explore", "general", "reviewer"], kinds.Select(kind => kind.GetProperty("name").GetString()));
        Assert.Equal("builtIn", kinds[0].GetProperty("source").GetString());
        Assert.Equal(good, kinds[2].GetProperty("path").GetString());
        Assert.Equal(["read_file"], kinds[2].GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()));
        Assert.Equal(
            bad,
            Assert.Single(listed.GetProperty("problems").EnumerateArray()).GetProperty("path").GetString()
        );
        Assert.Equal(server.Home["agents"], listed.GetProperty("userFolder").GetString());
    }

    [Fact]
    public async Task Words_reach_one_that_works_and_are_refused_when_none_does()
    {
        await using var server = await LiveServer.InitializedAsync();
        var gate = server.Model.Gate("works");
        server.Model.Reply(r => r.ToolCall("run_subagent", new { task = "Find the cart", kind = "explore" }));
        server.Model.When("Find the cart", r => r.Gate(gate).ToolCall("list_directory", new { }));
        server.Model.When("only the tests", r => r.Text("Only the tests, then."));
        server.Model.When("Only the tests, then.", r => r.Text("Done."));
        var session = await server.NewSessionAsync();
        var (_, answer) = await server.PromptAsync(session, "go");
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(60));
        var call = (await server.WorkAsync()).First(work => work.GetProperty("kind").GetString() == "toolCall");
        var words =
            $$"""{"sessionId":"{{session}}","callId":"{{call.GetProperty("callId").GetString()}}","id":"w1","text":"only the tests"}""";

        await server.Client.CallAsync("sage/subagent/steer", words);
        gate.Release();

        Assert.Equal("completed", (await answer).GetProperty("result").GetProperty("outcome").GetString());
        Assert.Empty(server.Model.Violations);
        var refused = await server.Client.FailAsync("sage/subagent/steer", words);
        Assert.Equal(Protocol.ErrorCodes.NoTurnRunning, refused.Code);
        var empty = await server.Client.FailAsync(
            "sage/subagent/steer",
            words.Replace("only the tests", " ", StringComparison.Ordinal)
        );
        Assert.Contains("'text' is empty", empty.Message, StringComparison.Ordinal);
    }
}
