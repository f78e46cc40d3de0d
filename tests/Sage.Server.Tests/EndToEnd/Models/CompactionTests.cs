using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Models;

/// <summary>A conversation that is too long for the model goes on, in every wire format.</summary>
[Trait("Category", "EndToEnd")]
public sealed class CompactionTests
{
    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task An_overflow_is_summarised_and_the_turn_completes(WireFormat format)
    {
        await using var server = await LiveServer.InitializedAsync(format);
        server.Folder.Write("heron.txt", "A heron.\n");
        var session = await server.NewSessionAsync();
        server.Model.Reply(r => r.ToolCall("read_file", new { path = "heron.txt" }));
        server.Model.Reply(r => r.Text("There is a heron."));
        await (await server.PromptAsync(session, "what is there?")).Answer;
        server.Model.Reply(r => r.Http(400, "prompt is too long: 9 tokens > 8 maximum"));
        server.Model.Reply(r => r.Text("They looked at a heron."));
        server.Model.Reply(r => r.Text("It has a nest."));

        var second = await (await server.PromptAsync(session, "and what else?")).Answer;

        Assert.Equal("completed", second.GetProperty("result").GetProperty("outcome").GetString());
        Assert.Empty(server.Model.Violations);
        Assert.Equal(0, server.Model.RepliesLeft);
        var last = server.Model.ModelRequests[^1];
        Assert.Contains("They looked at a heron.", last.Body.GetRawText(), StringComparison.Ordinal);
        Assert.EndsWith("and what else?", last.LastUserText, StringComparison.Ordinal);

        server.Model.Reply(r => r.Text("A shorter summary."));
        var compacted = await server.Client.CallAsync("sage/session/compact", $$"""{"sessionId":"{{session}}"}""");
        Assert.True(compacted.GetProperty("compacted").GetBoolean());
    }
}
