using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Models;

/// <summary>The connection to the model breaks in mid-reply, on the wire.</summary>
[Trait("Category", "EndToEnd")]
public sealed class BrokenReplyTests
{
    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task The_reply_goes_on_where_it_broke_off(WireFormat format)
    {
        await using var server = await LiveServer.InitializedAsync(format);
        var session = await server.NewSessionAsync();
        var gate = server.Model.Gate();
        server.Model.Reply(r => r.Text("The heron is ").Gate(gate).Abort());
        server.Model.Reply(r => r.Text("in the reeds."));

        var (_, answered) = await server.PromptAsync(session, "where is it?");
        await server.UntilWorkingAsync("modelRequest", "streaming");
        gate.Release();
        var answer = await answered;

        Assert.Equal("completed", answer.GetProperty("result").GetProperty("outcome").GetString());
        Assert.Empty(server.Model.Violations);
        Assert.Equal(2, server.Model.ModelRequests.Count);
        Assert.Contains("The heron is", server.Model.ModelRequests[1].Body.GetRawText(), StringComparison.Ordinal);
        server.Model.Reply(r => r.Text("fine"));
        await (await server.PromptAsync(session, "next")).Answer;
        Assert.Empty(server.Model.Violations);
    }
}
