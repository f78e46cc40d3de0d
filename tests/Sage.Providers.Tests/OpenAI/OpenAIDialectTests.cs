using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.OpenAI;
using Sage.Providers.Tests.Streaming;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.OpenAI;

/// <summary>What OpenAI-compatible servers do differently.</summary>
public sealed class OpenAIDialectTests
{
    [Theory]
    [InlineData("""{"role":"","content":"hi"}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":"hi"}]}""")]
    [InlineData("""{"content":"hi","tool_calls":null,"function_call":null,"audio":null}""")]
    [InlineData("""{"content":null,"refusal":"hi"}""")]
    public async Task Text_is_found_in_odd_chunks(string delta)
    {
        var updates = await ReadAsync(Chunk(delta), Chunk("{}", "stop"));

        Assert.Equal("hi", updates.Text());
    }

    [Theory]
    [InlineData("eos", "stop")]
    [InlineData("model_length", "length")]
    [InlineData("function_call", "stop")]
    [InlineData("error", "error")]
    public async Task Finish_reasons_of_others_are_understood(string word, string expected)
    {
        var updates = await ReadAsync(Chunk("""{"content":"x"}"""), Chunk("{}", word));

        Assert.Equal(expected, updates.Finish()!.Value.Value);
    }

    [Fact]
    public async Task A_stream_without_a_finish_reason_ends_with_DONE()
    {
        var updates = await ReadAsync(Chunk("""{"content":"x"}""", ""), "data: [DONE]\n\n");

        Assert.Equal(ChatFinishReason.Stop, updates.Finish());
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public async Task Reasoning_is_found_under_both_names(string name)
    {
        var updates = await ReadAsync(
            Chunk($$"""{"{{name}}":"hm"}"""),
            Chunk("""{"content":"x"}"""),
            Chunk("{}", "stop")
        );

        Assert.Equal("hm", string.Concat(updates.Contents().OfType<TextReasoningContent>().Select(r => r.Text)));
        Assert.Equal("x", updates.Text());
    }

    [Fact]
    public async Task Whole_calls_without_index_or_id_are_told_apart()
    {
        const string first = """{"tool_calls":[{"function":{"name":"a","arguments":"{\"n\":1}"}}]}""";
        const string second = """{"tool_calls":[{"function":{"name":"a","arguments":"{\"n\":2}"}}]}""";

        var calls = (await ReadAsync(Chunk(first), Chunk(second), Chunk("{}", "tool_calls"))).Calls();

        Assert.Equal(["{\"n\":1}", "{\"n\":2}"], calls.Select(c => c.Arguments));
        Assert.NotEqual(calls[0].CallId, calls[1].CallId);
    }

    [Fact]
    public async Task Calls_that_all_claim_index_zero_are_told_apart_by_their_ids()
    {
        const string both =
            """{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{}"}},{"index":0,"id":"y","function":{"name":"b","arguments":"{}"}}]}""";

        var calls = (await ReadAsync(Chunk(both), Chunk("{}", "stop"))).Calls();

        Assert.Equal(["a", "b"], calls.Select(c => c.Name));
    }

    [Fact]
    public async Task An_id_and_name_repeated_with_each_piece_make_one_call()
    {
        var updates = await ReadAsync(
            Chunk("""{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{\"n\""}}]}"""),
            Chunk("""{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":":1}"}}]}"""),
            Chunk("{}", "tool_calls")
        );

        Assert.Equal("{\"n\":1}", Assert.Single(updates.Calls()).Arguments);
    }

    [Fact]
    public async Task Arguments_sent_as_an_object_become_text()
    {
        var updates = await ReadAsync(
            Chunk("""{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":{"n":1}}}]}"""),
            Chunk("{}", "tool_calls")
        );

        Assert.Equal("{\"n\":1}", Assert.Single(updates.Calls()).Arguments);
    }

    [Fact]
    public async Task Interleaved_calls_become_ready_in_order_and_whole()
    {
        var updates = await ReadAsync(
            Chunk("""{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{\"n\""}}]}"""),
            Chunk("""{"tool_calls":[{"index":1,"id":"y","function":{"name":"b","arguments":"{\"m\""}}]}"""),
            Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}"""),
            Chunk("""{"tool_calls":[{"index":1,"function":{"arguments":":2}"}}]}"""),
            Chunk("{}", "tool_calls")
        );

        Assert.Equal([("x", "{\"n\":1}"), ("y", "{\"m\":2}")], updates.Calls().Select(c => (c.CallId, c.Arguments)));
    }

    [Fact]
    public async Task A_call_whose_name_comes_late_waits_for_it()
    {
        var updates = await ReadAsync(
            Chunk("""{"tool_calls":[{"index":0,"id":"x","function":{"arguments":"{\"n\""}}]}"""),
            Chunk("""{"tool_calls":[{"index":0,"function":{"name":"a","arguments":":1}"}}]}"""),
            Chunk("{}", "tool_calls")
        );

        Assert.All(updates.Contents().OfType<ToolCallDelta>(), d => Assert.Equal("a", d.Name));
        Assert.Equal("{\"n\":1}", Assert.Single(updates.Calls()).Arguments);
    }

    [Fact]
    public async Task Reasoning_goes_back_to_the_servers_that_want_it_and_to_no_other()
    {
        foreach (var dialect in new[] { OpenAIDialect.KeepsReasoning, OpenAIDialect.None })
        {
            await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat, dialect: dialect);
            model
                .Server.Reply(r => r.Reasoning("let me see", pieces: 2).ToolCall("a", id: "c1"))
                .Reply(r => r.Text("ok"));

            var said = (await model.AskAsync())
                .Contents()
                .Where(c => c is TextReasoningContent or ToolCallReady)
                .ToList();
            await model.AskAsync([
                new(ChatRole.User, "hi"),
                new(ChatRole.Assistant, said),
                new(ChatRole.Tool, [new ToolCallAnswer("c1", "done", isError: false)]),
            ]);

            var reply = model.Server.ModelRequests[1].Messages[1];
            var hasReasoning = reply.TryGetProperty("reasoning_content", out var reasoning);
            Assert.Equal(dialect == OpenAIDialect.KeepsReasoning, hasReasoning);
            Assert.Equal(hasReasoning ? "let me see" : null, hasReasoning ? reasoning.GetString() : null);
        }
    }

    [Fact]
    public async Task Googles_signatures_go_back_with_their_calls()
    {
        const string signed =
            """{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"a","arguments":"{}"},"extra_content":{"google":{"thought_signature":"SIG"}}}]}""";
        await using var model = await ModelUnderTest.StartAsync(
            WireFormat.OpenAIChat,
            dialect: OpenAIDialect.SignsCalls
        );
        model
            .Server.Reply(r => r.Raw(Chunk(signed) + Chunk("{}", "tool_calls") + "data: [DONE]\n\n"))
            .Reply(r => r.Text("ok"));

        var said = (await model.AskAsync()).Contents().Where(c => c is TextReasoningContent or ToolCallReady).ToList();
        await model.AskAsync([
            new(ChatRole.User, "hi"),
            new(ChatRole.Assistant, said),
            new(ChatRole.Tool, [new ToolCallAnswer("c1", "done", isError: false)]),
        ]);

        var call = model.Server.ModelRequests[1].Messages[1].GetProperty("tool_calls")[0];
        Assert.Contains("SIG", call.GetProperty("extra_content").GetRawText());
    }

    [Fact]
    public async Task Mistral_gets_no_field_it_does_not_know_and_ids_of_nine_characters()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat, dialect: OpenAIDialect.Mistral);
        model.Server.Reply(r => r.Text("ok"));

        await model.AskAsync(EveryFormatTests.History(), new ChatOptions { MaxOutputTokens = 100 });

        var body = model.Server.ModelRequests.Single().Body;
        Assert.False(body.TryGetProperty("stream_options", out _));
        Assert.False(body.TryGetProperty("max_completion_tokens", out _));
        Assert.Equal(100, body.GetProperty("max_tokens").GetInt32());
        var ids = body.GetProperty("messages")
            .EnumerateArray()
            .Where(m => m.TryGetProperty("tool_call_id", out _))
            .Select(m => m.GetProperty("tool_call_id").GetString()!);
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9]{9}$", id));
        Assert.Empty(model.Server.Violations);
    }

    [Theory]
    [InlineData("gpt-6-sol", true)]
    [InlineData("gpt-5.6-luna", true)]
    [InlineData("gpt-5.2", false)]
    [InlineData("gpt-4.1", false)]
    public async Task OpenAI_models_that_refuse_tools_with_reasoning_are_asked_without(string name, bool without)
    {
        await using var model = await ModelUnderTest.StartAsync(
            WireFormat.OpenAIChat,
            dialect: OpenAIDialect.OpenAI,
            model: name
        );
        model.Server.Always(null, r => r.Text("ok"));
        var schema = JsonDocument.Parse("""{"type":"object"}""").RootElement;

        await model.AskAsync(
            [new(ChatRole.User, "hi")],
            new ChatOptions { Tools = [new OfferedTool("t", "T.", schema)] }
        );
        await model.AskAsync();

        var bodies = model.Server.ModelRequests.Select(r => r.Body).ToArray();
        Assert.Equal(
            without,
            bodies[0].TryGetProperty("reasoning_effort", out var effort) && effort.GetString() == "none"
        );
        Assert.False(bodies[1].TryGetProperty("reasoning_effort", out _));
    }

    [Fact]
    public async Task An_empty_body_is_tried_again_and_then_called_no_reply()
    {
        var time = new SkippableTime();
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat, time);
        model.Server.Reply(r => r.Raw("data: [DONE]\n\n")).Reply(r => r.Text("at last"));
        var updates = new List<ChatResponseUpdate>();

        await foreach (var update in model.Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hi")]))
        {
            updates.Add(update);
            _ = update.Contents is [RetryNotice notice] ? time.SkipAsync(notice.Delay) : null;
        }

        Assert.Equal("at last", updates.Text());
        Assert.Contains("without a reply", updates.Contents().OfType<RetryNotice>().Single().Reason);
    }

    private static async Task<List<ChatResponseUpdate>> ReadAsync(params string[] chunks)
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat);
        model.Server.Reply(r => r.Raw(string.Concat(chunks)));
        return await model.AskAsync();
    }

    private static string Chunk(string delta, string? finish = null) =>
        $$"""data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{(finish is null ? "null" : $"\"{finish}\"")}}}]}"""
        + "\n\n";
}
