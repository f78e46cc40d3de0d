using System.Text.Json;
using System.Text.RegularExpressions;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Models;

/// <summary>
/// What a provider's cache needs: each request begins with all of the one before, byte for byte, over several rounds, turns and
/// processes.
/// </summary>
[Trait("Category", "EndToEnd")]
public sealed partial class PromptPrefixTests
{
    private const string Mark = "cache_control";

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task Each_request_begins_with_all_of_the_one_before(WireFormat format)
    {
        var first = await LiveServer.InitializedAsync(format);
        first.Folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        var session = await first.NewSessionAsync();
        Script(first.Model);
        await TurnAsync(first, session, "first");
        // What would change a list of files or a branch in the prompt.
        first.Folder.Write(".git/HEAD", "ref: refs/heads/other\n");
        await TurnAsync(first, session, "second");
        await first.Client.HangUpAsync();
        await first.EndAsync();

        await using (var second = await first.AgainAsync(format))
        {
            await second.Client.CallAsync("sage/session/open", $$"""{"sessionId":"{{session}}"}""");
            await TurnAsync(second, session, "third");
        }

        var requests = first.Model.ModelRequests;
        Assert.Empty(first.Model.Violations);
        Assert.Equal(9, requests.Count);
        foreach (var (before, after) in requests.Zip(requests.Skip(1)))
        {
            var prefix = PrefixOf(before);
            Assert.Equal(prefix, Normalised(after)[..Math.Min(prefix.Length, Normalised(after).Length)]);
        }
        Assert.Single(requests.Select(r => Raw(r, "tools")).Distinct());
        Assert.Single(requests.Select(r => r.System).Distinct());
        Assert.All(requests, AssertMarks);
        await first.DisposeAsync();
    }

    /// <summary>Three turns of two rounds with calls and an answer each.</summary>
    private static void Script(ScriptedModelServer model)
    {
        foreach (var turn in new[] { "one", "two", "three" })
        {
            model
                .Reply(r =>
                    r.Reasoning("I think “so”.")
                        .Text($"Looking at {turn} — ä€👋")
                        .ToolCall("write_file", new { path = $"{turn}.txt", content = "a\nb\n" }, id: $"{turn}_w")
                        .ToolCall("glob", new { pattern = "*.txt" }, id: $"{turn}_g")
                )
                .Reply(r => r.RawToolCall("read_file", "{ \"path\":  \"" + turn + ".txt\" }", id: $"{turn}_r"))
                .Reply(r => r.Text($"Done with {turn}."));
        }
    }

    private static async Task TurnAsync(LiveServer server, string session, string prompt)
    {
        var (_, answer) = await server.PromptAsync(session, prompt, "autoEdit");
        Assert.Equal("completed", (await answer).GetProperty("result").GetProperty("outcome").GetString());
    }

    /// <summary>Everything up to where the list of messages ends.</summary>
    private static string PrefixOf(RecordedRequest request)
    {
        var body = Normalised(request);
        var messages = Unmarked(Raw(request, request.Format == WireFormat.OpenAIResponses ? "input" : "messages"));
        var at = body.IndexOf(messages, StringComparison.Ordinal);
        Assert.True(at > 0);
        return body[..(at + messages.Length - 1)];
    }

    private static string Normalised(RecordedRequest request) => Unmarked(request.Body.GetRawText());

    /// <summary>Anthropic's cache marks move to the newest messages; nothing else may differ.</summary>
    private static string Unmarked(string json) => CacheMark().Replace(json, "");

    private static string Raw(RecordedRequest request, string property) =>
        request.Body.GetProperty(property).GetRawText();

    /// <summary>The last tool, the system prompt and the last two user messages carry a mark, and nothing else.</summary>
    private static void AssertMarks(RecordedRequest request)
    {
        if (request.Format != WireFormat.Anthropic)
        {
            Assert.DoesNotContain(Mark, request.Body.GetRawText(), StringComparison.Ordinal);
            return;
        }
        var tools = request.Body.GetProperty("tools").EnumerateArray().ToArray();
        var system = request.Body.GetProperty("system").EnumerateArray().ToArray();
        var users = request.Messages.Where(m => m.GetProperty("role").ValueEquals("user")).TakeLast(2).ToArray();
        Assert.True(tools[^1].TryGetProperty(Mark, out _));
        Assert.True(system[^1].TryGetProperty(Mark, out _));
        Assert.All(users, m => Assert.True(LastBlock(m).TryGetProperty(Mark, out _)));
        Assert.Equal(2 + users.Length, Regex.Count(request.Body.GetRawText(), $"\"{Mark}\""));
    }

    private static JsonElement LastBlock(JsonElement message) => message.GetProperty("content").EnumerateArray().Last();

    [GeneratedRegex(""","cache_control":\{[^{}]*\}|"cache_control":\{[^{}]*\},?""")]
    private static partial Regex CacheMark();
}
