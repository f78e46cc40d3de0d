using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Anthropic;
using Sage.Providers.Tests.Streaming;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Anthropic;

public sealed class AnthropicTests
{
    [Fact]
    public async Task Thinking_goes_back_with_its_signature_to_the_model_that_wrote_it()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.Anthropic);
        model
            .Server.Reply(r =>
                r.Reasoning("let me see", signature: "SIG==", pieces: 3)
                    .RedactedReasoning("CIPHER")
                    .ToolCall("a", id: "c1")
            )
            .Reply(r => r.Text("ok"));

        var said = (await model.AskAsync()).Contents().Where(c => c is TextReasoningContent or ToolCallReady).ToList();
        await model.AskAsync(WithReply(said));

        var blocks = model.Server.ModelRequests[1].Messages[1].GetProperty("content");
        Assert.Equal(["thinking", "redacted_thinking", "tool_use"], Types(blocks));
        Assert.Equal("let me see", blocks[0].GetProperty("thinking").GetString());
        Assert.Equal("SIG==", blocks[0].GetProperty("signature").GetString());
        Assert.Equal("CIPHER", blocks[1].GetProperty("data").GetString());
    }

    [Fact]
    public async Task Thinking_of_another_model_stays_behind()
    {
        await using var first = await ModelUnderTest.StartAsync(WireFormat.Anthropic, model: "claude-a");
        first.Server.Reply(r => r.Reasoning("hm").ToolCall("a", id: "c1"));
        var said = (await first.AskAsync()).Contents().Where(c => c is TextReasoningContent or ToolCallReady).ToList();

        await using var second = await ModelUnderTest.StartAsync(WireFormat.Anthropic, model: "claude-a-2");
        second.Server.Reply(r => r.Text("ok"));
        await second.AskAsync(WithReply(said));

        Assert.Equal(["tool_use"], Types(second.Server.ModelRequests[0].Messages[1].GetProperty("content")));
    }

    [Fact]
    public async Task A_thinking_block_without_text_keeps_its_signature()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.Anthropic);
        model.Server.Reply(r => r.Reasoning("", signature: "SIG").ToolCall("a", id: "c1")).Reply(r => r.Text("ok"));

        var said = (await model.AskAsync()).Contents().Where(c => c is TextReasoningContent or ToolCallReady).ToList();
        await model.AskAsync(WithReply(said));

        var thinking = model.Server.ModelRequests[1].Messages[1].GetProperty("content")[0];
        Assert.Equal("", thinking.GetProperty("thinking").GetString());
        Assert.Equal("SIG", thinking.GetProperty("signature").GetString());
    }

    [Fact]
    public async Task The_prompt_is_marked_for_the_cache_at_its_four_joints()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.Anthropic);
        model.Server.Reply(r => r.Text("ok"));
        var schema = JsonDocument.Parse("""{"type":"object"}""").RootElement;

        await model.AskAsync(
            EveryFormatTests.History(),
            new ChatOptions { Tools = [new OfferedTool("a", "A.", schema), new OfferedTool("b", "B.", schema)] }
        );

        var body = model.Server.ModelRequests.Single().Body;
        Assert.True(body.GetProperty("system")[0].TryGetProperty("cache_control", out _));
        Assert.False(body.GetProperty("tools")[0].TryGetProperty("cache_control", out _));
        Assert.True(body.GetProperty("tools")[1].TryGetProperty("cache_control", out _));
        var users = body.GetProperty("messages")
            .EnumerateArray()
            .Where(m => m.GetProperty("role").GetString() == "user");
        Assert.All(
            users,
            m => Assert.True(m.GetProperty("content").EnumerateArray().Last().TryGetProperty("cache_control", out _))
        );
        Assert.Equal(4, body.GetRawText().Split("cache_control").Length - 1);
    }

    [Fact]
    public async Task Cached_tokens_count_as_input()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.Anthropic);
        model.Server.Reply(r => r.Text("ok").Usage(1000, 50, cached: 800, cacheWrite: 150));

        var usage = (await model.AskAsync()).Usage();

        Assert.Equal(1000, usage.InputTokenCount);
        Assert.Equal(800, usage.CachedInputTokenCount);
        Assert.Equal(50, usage.OutputTokenCount);
        Assert.Equal(150, usage.AdditionalCounts!["cacheWriteTokens"]);
    }

    [Theory]
    [InlineData(ThinkingKind.None, null, null)]
    [InlineData(ThinkingKind.Adaptive, "adaptive", null)]
    [InlineData(ThinkingKind.AdaptiveHidden, "adaptive", "summarized")]
    public async Task Each_model_is_asked_to_think_in_its_own_way(object kind, string? type, string? display)
    {
        await using var model = await ModelUnderTest.StartAsync(
            WireFormat.Anthropic,
            traits: new ModelTraits(64_000, (ThinkingKind)kind)
        );
        model.Server.Reply(r => r.Text("ok"));

        await model.AskAsync();

        var body = model.Server.ModelRequests.Single().Body;
        Assert.Equal(64_000, body.GetProperty("max_tokens").GetInt32());
        Assert.Equal(type, Word(body, "type"));
        Assert.Equal(display, Word(body, "display"));
    }

    [Fact]
    public async Task Images_of_a_result_stand_in_that_result()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.Anthropic);
        model.Server.Reply(r => r.Text("ok"));

        await model.AskAsync(EveryFormatTests.History());

        var results = model.Server.ModelRequests.Single().Messages[2].GetProperty("content");
        Assert.Equal(["tool_result", "tool_result", "text"], Types(results));
        Assert.Equal(["text", "image"], Types(results[0].GetProperty("content")));
        Assert.True(results[1].GetProperty("is_error").GetBoolean());
        Assert.False(results[0].TryGetProperty("is_error", out _));
    }

    private static List<ChatMessage> WithReply(List<AIContent> said) =>
        [
            new(ChatRole.User, "hi"),
            new(ChatRole.Assistant, said),
            new(ChatRole.Tool, [new ToolCallAnswer("c1", "done", isError: false)]),
        ];

    private static string[] Types(JsonElement blocks) =>
        blocks.EnumerateArray().Select(b => b.GetProperty("type").GetString()!).ToArray();

    private static string? Word(JsonElement body, string name) =>
        body.TryGetProperty("thinking", out var thinking) && thinking.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;
}
