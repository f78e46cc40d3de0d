using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.Turns;
using Sage.Providers.OpenAI;
using Sage.Providers.Tests.Streaming;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.OpenAI;

/// <summary>What only the Responses format does.</summary>
public sealed class ResponsesTests
{
    private const string Reasoner = "gpt-5.2";

    [Fact]
    public async Task Reasoning_goes_back_encrypted_to_the_model_that_wrote_it()
    {
        await using var model = await StartAsync();
        model.Server.Reply(r =>
            r.Reasoning("I look first.", signature: "gAAA").ToolCall("read_file", new { path = "a" }, id: "call_a")
        );
        model.Server.Reply(r => r.Text("Seen."));
        var reply = await model.AskAsync();
        var seal = reply.Contents().OfType<TextReasoningContent>().Single(r => r.ProtectedData is not null);
        Assert.Equal(
            "I look first.",
            string.Concat(reply.Contents().OfType<TextReasoningContent>().Select(r => r.Text))
        );

        await model.AskAsync([
            new ChatMessage(ChatRole.User, "hi"),
            new ChatMessage(
                ChatRole.Assistant,
                [
                    new TextReasoningContent("I look first.") { ProtectedData = seal.ProtectedData },
                    new TextReasoningContent("not ours") { ProtectedData = "responses another-model rs_1 gBBB" },
                    reply.Calls()[0],
                ]
            ),
            new ChatMessage(ChatRole.Tool, [new ToolCallAnswer("call_a", "text", isError: false)]),
        ]);

        Assert.Empty(model.Server.Violations);
        var items = model.Server.ModelRequests[1].Messages;
        Assert.Equal(
            ["message", "reasoning", "function_call", "function_call_output"],
            items.Select(i => i.GetProperty("type").GetString())
        );
        Assert.Equal("gAAA", items[1].GetProperty("encrypted_content").GetString());
        Assert.Equal("I look first.", items[1].GetProperty("summary")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("gpt-5.2", true)]
    [InlineData("gpt-6-sol", true)]
    [InlineData("openai/o4-mini", true)]
    [InlineData("gpt-5.2-chat-latest", false)]
    [InlineData("gpt-4.1", false)]
    [InlineData("llama-4", false)]
    public async Task Only_models_that_reason_are_asked_to(string name, bool reasons)
    {
        await using var model = await StartAsync(name);
        model.Server.Always(null, r => r.Text("fine"));

        await model.AskAsync();

        Assert.Empty(model.Server.Violations);
        var body = model.Server.ModelRequests[0].Body;
        Assert.Equal(reasons, body.TryGetProperty("reasoning", out _));
        Assert.Equal(reasons, body.TryGetProperty("include", out _));
    }

    [Fact]
    public async Task An_organization_without_summaries_is_asked_without_from_then_on()
    {
        await using var model = await StartAsync();
        model.Server.Reply(r =>
            r.Http(
                400,
                "Your organization must be verified to generate reasoning summaries. Param: 'reasoning.summary'."
            )
        );
        model.Server.Always(null, r => r.Text("fine"));

        Assert.Equal("fine", (await model.AskAsync()).Text());
        Assert.Equal("fine", (await model.AskAsync()).Text());

        Assert.Equal(
            [true, false, false],
            model.Server.ModelRequests.Select(r => r.Body.TryGetProperty("reasoning", out _))
        );
    }

    [Fact]
    public async Task An_image_in_a_result_stands_in_that_result()
    {
        await using var model = await StartAsync();
        model.Server.Always(null, r => r.Text("fine"));

        await model.AskAsync([
            new ChatMessage(ChatRole.User, "look"),
            new ChatMessage(
                ChatRole.Assistant,
                [new ToolCallReady("a", "see", "{}"), new ToolCallReady("b", "see", "{}")]
            ),
            new ChatMessage(
                ChatRole.Tool,
                [
                    new ToolCallAnswer("a", "one", isError: false),
                    new DataContent(new byte[] { 1 }, "image/png"),
                    new ToolCallAnswer("b", "", isError: false),
                ]
            ),
        ]);

        Assert.Empty(model.Server.Violations);
        var outputs = model.Server.ModelRequests[0].Messages.Where(i => i.TryGetProperty("output", out _)).ToArray();
        Assert.Equal("input_image", outputs[0].GetProperty("output")[1].GetProperty("type").GetString());
        Assert.Equal("(no output)", outputs[1].GetProperty("output").GetString());
    }

    [Fact]
    public async Task A_failure_is_told_though_the_connection_stays_open()
    {
        await using var model = await StartAsync();
        model.Server.Reply(r => r.Text("so").StreamError("server_error", "The model broke down").Silence());

        var error = await model.FailAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(TurnErrorCodes.Overloaded, error.Code);
        Assert.Contains("The model broke down", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"error","code":"rate_limit_exceeded","message":"slow down","param":null}""")]
    [InlineData(
        """{"type":"error","error":{"type":"rate_limit_error","code":"rate_limit_exceeded","message":"slow down"}}"""
    )]
    public async Task An_error_event_is_read_in_both_its_shapes(string data)
    {
        await using var model = await StartAsync();
        model.Server.Reply(r => r.Text("so").Raw($"event: error\ndata: {data}\n\n"));

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.RateLimited, error.Code);
        Assert.Contains("slow down", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_sends_items_only_when_they_are_done_is_understood()
    {
        await using var model = await StartAsync("local-model");
        model.Server.Reply(r =>
            r.Raw(
                Event(
                    "response.output_item.done",
                    """{"output_index":0,"item":{"type":"message","id":"m","content":[{"type":"output_text","text":"Whole."}]}}"""
                )
                    + Event(
                        "response.output_item.done",
                        """{"output_index":1,"item":{"type":"function_call","id":"f","call_id":"c","name":"grep","arguments":"{\"pattern\":\"x\"}"}}"""
                    )
                    + Event(
                        "response.completed",
                        """{"response":{"id":"r","usage":{"input_tokens":3,"output_tokens":4}}}"""
                    )
            )
        );

        var updates = await model.AskAsync();

        Assert.Equal("Whole.", updates.Text());
        Assert.Equal(("c", "{\"pattern\":\"x\"}"), (updates.Calls()[0].CallId, updates.Calls()[0].Arguments));
        Assert.Equal(ChatFinishReason.ToolCalls, updates.Finish());
        Assert.Equal(3, updates.Usage().InputTokenCount);
    }

    [Fact]
    public async Task The_parts_of_a_summary_are_paragraphs()
    {
        await using var model = await StartAsync();
        var parts = new[] { (0, "One"), (0, "."), (1, "Two."), (2, "Three.") };
        model.Server.Reply(r =>
            r.Raw(
                string.Concat(
                    parts.Select(part =>
                        Event(
                            "response.reasoning_summary_text.delta",
                            JsonSerializer.Serialize(
                                new
                                {
                                    output_index = 0,
                                    summary_index = part.Item1,
                                    delta = part.Item2,
                                }
                            )
                        )
                    )
                ) + Event("response.completed", """{"response":{"id":"r"}}""")
            )
        );

        var updates = await model.AskAsync();

        Assert.Equal(
            "One.\n\nTwo.\n\nThree.",
            string.Concat(updates.Contents().OfType<TextReasoningContent>().Select(r => r.Text))
        );
    }

    [Fact]
    public async Task A_response_that_just_stops_is_broken_off()
    {
        await using var model = await StartAsync();
        model.Server.Reply(r => r.Text("so far").Cut());

        var error = await model.FailAsync();

        Assert.True(error.Retryable);
    }

    [Fact]
    public async Task Only_OpenAI_itself_is_asked_to_leave_out_padding()
    {
        await using var vendor = await ModelUnderTest.StartAsync(
            WireFormat.OpenAIResponses,
            dialect: OpenAIDialect.OpenAI,
            model: Reasoner
        );
        await using var imitator = await StartAsync();
        vendor.Server.Always(null, r => r.Text("fine"));
        imitator.Server.Always(null, r => r.Text("fine"));

        await vendor.AskAsync();
        await imitator.AskAsync();

        Assert.True(vendor.Server.ModelRequests[0].Body.TryGetProperty("stream_options", out _));
        Assert.False(imitator.Server.ModelRequests[0].Body.TryGetProperty("stream_options", out _));
    }

    private static Task<ModelUnderTest> StartAsync(string model = Reasoner) =>
        ModelUnderTest.StartAsync(WireFormat.OpenAIResponses, model: model);

    private static string Event(string type, string members) =>
        $"event: {type}\ndata: {{\"type\":\"{type}\",{members[1..]}\n\n";
}
