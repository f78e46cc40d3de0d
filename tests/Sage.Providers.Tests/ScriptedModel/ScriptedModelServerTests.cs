using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.ScriptedModel;

public sealed class ScriptedModelServerTests : IAsyncLifetime
{
    private const string Hello =
        """{"model":"m","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""";
    private readonly HttpClient _http = new();
    private ScriptedModelServer _server = null!;

    public async Task InitializeAsync() => _server = await ScriptedModelServer.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task OpenAI_replies_are_chunks_that_end_with_DONE()
    {
        _server.Reply(r => r.Text("Grüße", pieces: 2).ToolCall("read_file", new { path = "a" }, pieces: 3));

        var events = await EventsAsync(await PostChatAsync(Hello));

        Assert.Equal("[DONE]", events[^1].Data);
        var deltas = events
            .SkipLast(1)
            .Select(e => Parse(e.Data).GetProperty("choices")[0].GetProperty("delta"))
            .ToArray();
        Assert.Equal("assistant", deltas[0].GetProperty("role").GetString());
        Assert.Equal(["Grü", "ße"], deltas[1..3].Select(d => d.GetProperty("content").GetString()));
        var calls = deltas[3..^1].Select(d => d.GetProperty("tool_calls")[0]).ToArray();
        Assert.Equal("read_file", calls[0].GetProperty("function").GetProperty("name").GetString());
        Assert.All(calls[1..], c => Assert.False(c.TryGetProperty("id", out _)));
        Assert.Equal(
            """{"path":"a"}""",
            string.Concat(calls.Select(c => c.GetProperty("function").GetProperty("arguments").GetString()))
        );
    }

    [Fact]
    public async Task Anthropic_replies_open_fill_and_close_their_blocks()
    {
        _server.Reply(r => r.Reasoning("hm").Text("ok").ToolCall("grep", new { pattern = "x" }, pieces: 1));

        var events = await EventsAsync(await PostMessagesAsync(Hello));

        Assert.All(events, e => Assert.Equal(e.EventType, Parse(e.Data).GetProperty("type").GetString()));
        Assert.Equal(
            [
                "message_start",
                "ping",
                "content_block_start",
                "content_block_delta",
                "content_block_delta",
                "content_block_stop",
                "content_block_start",
                "content_block_delta",
                "content_block_stop",
                "content_block_start",
                "content_block_delta",
                "content_block_delta",
                "content_block_stop",
                "message_delta",
                "message_stop",
            ],
            events.Select(e => e.EventType)
        );
        Assert.Equal("tool_use", Parse(events[^2].Data).GetProperty("delta").GetProperty("stop_reason").GetString());
    }

    [Theory]
    [InlineData("""{"role":"assistant","tool_calls":[CALL]}""", "did not have response messages: c1")]
    [InlineData("""{"role":"tool","tool_call_id":"c1","content":"x"}""", "must be a response")]
    [InlineData("""{"role":"user","content":""}""", "must not be empty")]
    [InlineData("""{"role":"assistant","content":null}""", "expected a string")]
    [InlineData("""{"role":"robot","content":"x"}""", "is not one of the roles")]
    [InlineData("""{"role":"assistant","tool_calls":[CALL,CALL]}""", "duplicate tool_call id")]
    public async Task OpenAI_requests_that_break_a_rule_are_refused(string message, string complaint)
    {
        const string call = """{"id":"c1","type":"function","function":{"name":"t","arguments":"{}"}}""";
        _server.Reply(r => r.Text("never"));

        var response = await PostChatAsync(WithMessage(message.Replace("CALL", call, StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
        Assert.Contains(complaint, error.GetProperty("message").GetString());
        Assert.Contains(complaint, Assert.Single(_server.Violations));
        Assert.Equal(1, _server.RepliesLeft);
    }

    [Theory]
    [InlineData("""{"role":"user","content":"again"}""", "roles must alternate")]
    [InlineData("""{"role":"system","content":"x"}""", "Input should be 'user' or 'assistant'")]
    [InlineData("""{"role":"assistant","content":[]}""", "non-empty content")]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":" "}]}""", "non-whitespace")]
    [InlineData(
        """{"role":"assistant","content":[USE]},{"role":"user","content":"x"}""",
        "without `tool_result` blocks"
    )]
    [InlineData("""{"role":"assistant","content":[USE,USE]}""", "ids must be unique")]
    [InlineData(
        """{"role":"assistant","content":[USE]},{"role":"user","content":[{"type":"text","text":"x"},RESULT]}""",
        "must come first"
    )]
    [InlineData("""{"role":"assistant","content":"fine"}""", "must end with a user message")]
    [InlineData(
        """{"role":"assistant","content":[{"type":"thinking","thinking":"x"}]},{"role":"user","content":"y"}""",
        "signature"
    )]
    public async Task Anthropic_requests_that_break_a_rule_are_refused(string message, string complaint)
    {
        var text = message
            .Replace("USE", """{"type":"tool_use","id":"c1","name":"t","input":{}}""", StringComparison.Ordinal)
            .Replace("RESULT", """{"type":"tool_result","tool_use_id":"c1","content":"r"}""", StringComparison.Ordinal);

        var response = await PostMessagesAsync(WithMessage(text));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = Parse(await response.Content.ReadAsStringAsync()).GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Contains(complaint, error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_wrong_key_is_answered_401_in_each_vendors_shape()
    {
        _server.ExpectedKey = "right";

        var chat = await PostChatAsync(Hello);
        var messages = await PostMessagesAsync(Hello);

        Assert.Equal(HttpStatusCode.Unauthorized, chat.StatusCode);
        Assert.Contains("invalid_api_key", await chat.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, messages.StatusCode);
        Assert.Contains("authentication_error", await messages.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_gate_holds_the_stream_until_the_test_opens_it()
    {
        var gate = _server.Gate();
        _server.Reply(r => r.Text("before").Gate(gate).Text("after"));

        using var response = await PostChatAsync(Hello);
        await gate.Reached;
        var request = await _server.NextRequestAsync();
        Assert.False(request.Answered.IsCompleted);
        gate.Release();

        Assert.Contains("after", await response.Content.ReadAsStringAsync());
        await request.Answered;
    }

    [Fact]
    public async Task Cutting_the_body_at_every_byte_changes_nothing()
    {
        _server.Reply(r => r.Text("äöü €").SplitBytes(1)).Reply(r => r.Text("äöü €"));

        var cut = await (await PostMessagesAsync(Hello)).Content.ReadAsStringAsync();
        var whole = await (await PostMessagesAsync(Hello)).Content.ReadAsStringAsync();

        Assert.Equal(whole, cut.Replace("msg_1", "msg_2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dropped_connection_fails_the_request()
    {
        _server.Reply(r => r.AbortBeforeHeaders()).Reply(r => r.Text("some").Abort());

        await Assert.ThrowsAsync<HttpRequestException>(() => PostChatAsync(Hello));
        var response = await PostChatAsync(Hello);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_request_that_the_client_gives_up_is_marked_abandoned()
    {
        _server.Reply(r => r.SilenceBeforeHeaders());
        using var cancel = new CancellationTokenSource();

        var answer = PostChatAsync(Hello, cancel.Token);
        var request = await _server.NextRequestAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await request.Abandoned.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_reply_with_a_cue_waits_for_the_request_that_gives_it()
    {
        _server.When("fix", r => r.Text("fixing")).Reply(r => r.Text("first"));

        Assert.Contains("first", await (await PostChatAsync(Hello)).Content.ReadAsStringAsync());
        var second = await PostChatAsync(WithMessage("""{"role":"user","content":"please fix it"}"""));
        Assert.Contains("fixing", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_driver_outside_replaces_the_script_and_reads_the_requests()
    {
        const string script = """
            { "replies": [ { "steps": [ { "gate": "g" }, { "toolCall": "t", "arguments": { "a": 1 } } ] } ] }
            """;
        using var accepted = await _http.PostAsync($"{_server.Url}/_script", new StringContent(script));
        Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);

        using var response = await PostChatAsync(Hello);
        using var reached = await _http.GetAsync($"{_server.Url}/_reached/g");
        using var released = await _http.PostAsync($"{_server.Url}/_release/g", null);

        Assert.Contains("\\\"a\\\":1", await response.Content.ReadAsStringAsync());
        var recorded = Parse(await _http.GetStringAsync($"{_server.Url}/_requests")).GetProperty("requests");
        Assert.Equal(
            "m",
            Assert.Single(recorded.EnumerateArray()).GetProperty("body").GetProperty("model").GetString()
        );
    }

    [Fact]
    public async Task A_script_with_an_unknown_step_is_refused()
    {
        var script = new StringContent("""{ "replies": [ { "steps": [ { "txet": "oops" } ] } ] }""");

        using var response = await _http.PostAsync($"{_server.Url}/_script", script);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("txet", await response.Content.ReadAsStringAsync());
    }

    private static string WithMessage(string message) =>
        $$"""{"model":"m","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"hi"},{{message}}]}""";

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static async Task<List<SseItem<string>>> EventsAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
        {
            events.Add(item);
        }
        return events;
    }

    private Task<HttpResponseMessage> PostChatAsync(string body, CancellationToken cancellationToken = default) =>
        PostAsync($"{_server.OpenAIUrl}/chat/completions", body, cancellationToken, ("Authorization", "Bearer k"));

    private Task<HttpResponseMessage> PostMessagesAsync(string body) =>
        PostAsync($"{_server.Url}/v1/messages", body, default, ("x-api-key", "k"), ("anthropic-version", "2023-06-01"));

    private Task<HttpResponseMessage> PostAsync(
        string url,
        string body,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
