using Sage.Protocol.Turns;
using Sage.Providers.Tests.Streaming;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Failures;

public sealed class FailureMessageTests
{
    [Theory]
    [InlineData(WireFormat.OpenAIChat, "OpenAI", "OPENAI_API_KEY")]
    [InlineData(WireFormat.OpenAIResponses, "OpenAI", "OPENAI_API_KEY")]
    [InlineData(WireFormat.Anthropic, "Anthropic", "ANTHROPIC_API_KEY")]
    public async Task A_wrong_key_says_whose_it_is_and_how_to_set_it(WireFormat format, string name, string variable)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.ExpectedKey = "another";

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.Authentication, error.Code);
        Assert.False(error.Retryable);
        Assert.Contains(name, error.Message);
        Assert.Contains("Sage: Set API Key", error.Message);
        Assert.Contains(variable, error.Message);
        Assert.DoesNotContain("sk-s", error.ToString());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task A_key_that_the_vendor_quotes_is_struck_out(int status)
    {
        foreach (var format in ModelUnderTest.Formats)
        {
            await using var model = await ModelUnderTest.StartAsync(format);
            model.Server.Always(
                null,
                r => r.Http(status, $"key {ModelUnderTest.Key} may not do this", headers: ("retry-after", "900"))
            );

            var error = await model.FailAsync();

            Assert.Contains("may not do this", error.Message);
            Assert.DoesNotContain(ModelUnderTest.Key, error.ToString());
        }
    }

    [Theory]
    [InlineData(400, "prompt is too long: 207791 tokens > 200000 maximum")]
    [InlineData(400, "input length and `max_tokens` exceed context limit: 174167 + 64000 > 200000")]
    [InlineData(413, "Request exceeds the maximum size")]
    [InlineData(
        400,
        "This model's maximum context length is 128000 tokens. However, your messages resulted in 150000 tokens."
    )]
    [InlineData(400, "Your input exceeds the context window of this model. Please adjust your input and try again.")]
    [InlineData(
        400,
        "the request exceeds the available context size. try increasing the context size or enable context shift"
    )]
    [InlineData(400, "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).")]
    [InlineData(
        400,
        "Prompt contains 140000 tokens and 0 draft tokens, too large for model with 131072 maximum context length"
    )]
    [InlineData(400, "This model's maximum prompt length is 131072 but the request contains 140000 tokens.")]
    [InlineData(400, "Please reduce the length of the messages or completion.")]
    [InlineData(400, "Invalid request: Your request exceeded model token limit: 131072")]
    [InlineData(400, "length of prompt_tokens (163280) must be less than max_seq_len (32768).")]
    [InlineData(422, "Prompt exceeds max length")]
    public async Task An_overflowing_conversation_is_recognised_in_each_vendors_words(int status, string words)
    {
        foreach (var format in ModelUnderTest.Formats)
        {
            await using var model = await ModelUnderTest.StartAsync(format);
            model.Server.Reply(r => r.Http(status, words));

            var error = await model.FailAsync();

            Assert.Equal(TurnErrorCodes.ContextOverflow, error.Code);
        }
    }

    [Theory]
    [InlineData("""{"error":{"message":"too long","type":"invalid_request_error","code":"context_length_exceeded"}}""")]
    [InlineData("""[{"error":{"code":400,"message":"The input token count exceeds","status":"INVALID_ARGUMENT"}}]""")]
    [InlineData("""{"error":"the input exceeds the context length"}""")]
    [InlineData("""{"object":"error","message":"too many tokens","type":"invalid_request_error","code":3051}""")]
    [InlineData("""{"detail":"context window exceeded"}""")]
    public async Task Errors_are_read_in_every_shape_in_use(string body)
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat);
        model.Server.Reply(r => r.Http(400, body: body));

        Assert.Equal(TurnErrorCodes.ContextOverflow, (await model.FailAsync()).Code);
    }

    [Fact]
    public async Task Quota_that_is_used_up_is_no_reason_to_try_again()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat);
        model.Server.Reply(r =>
            r.Http(
                429,
                body: """{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}"""
            )
        );

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.RateLimited, error.Code);
        Assert.False(error.Retryable);
        Assert.Contains("credit", error.Message);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_web_page_instead_of_a_reply_points_to_the_base_url(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Html());

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.InvalidResponse, error.Code);
        Assert.Contains("web page", error.Message);
        Assert.Contains(model.Server.Url, error.Message);
    }

    [Fact]
    public async Task An_address_that_knows_no_models_is_told_from_an_unknown_model()
    {
        await using var model = await ModelUnderTest.StartAsync(WireFormat.OpenAIChat);
        model
            .Server.Reply(r => r.Html("<h1>404</h1>", status: 404))
            .Reply(r => r.Http(404, "The model `x` does not exist"));

        var address = await model.FailAsync();
        var unknown = await model.FailAsync();

        Assert.Contains("Check the base URL", address.Message);
        Assert.Contains("“scripted-model”", unknown.Message);
        Assert.Contains("The model `x` does not exist", unknown.Message);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat, "data: {\"choices\": oops\n\n")]
    [InlineData(WireFormat.OpenAIResponses, "event: response.created\ndata: {\"type\": oops\n\n")]
    [InlineData(WireFormat.Anthropic, "event: message_start\ndata: {\"type\": oops\n\n")]
    public async Task A_reply_that_is_not_json_is_invalid(WireFormat format, string bytes)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Raw(bytes));

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.InvalidResponse, error.Code);
        Assert.False(error.Retryable);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_200_that_holds_an_error_is_that_error(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r =>
            r.Http(200, body: """{"error":{"type":"invalid_request_error","message":"no such thing"}}""")
        );

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.BadRequest, error.Code);
        Assert.Contains("no such thing", error.Message);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat, "rate_limit_exceeded", TurnErrorCodes.RateLimited)]
    [InlineData(WireFormat.OpenAIResponses, "rate_limit_exceeded", TurnErrorCodes.RateLimited)]
    [InlineData(WireFormat.OpenAIResponses, "server_error", TurnErrorCodes.Overloaded)]
    [InlineData(WireFormat.Anthropic, "overloaded_error", TurnErrorCodes.Overloaded)]
    [InlineData(WireFormat.OpenAIChat, "502", TurnErrorCodes.Overloaded)]
    [InlineData(WireFormat.Anthropic, "api_error", TurnErrorCodes.Overloaded)]
    public async Task An_error_in_mid_stream_ends_the_reply_with_its_own_code(
        WireFormat format,
        string type,
        string code
    )
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Text("some").StreamError(type, "what happened"));

        var error = await model.FailAsync();

        Assert.Equal(code, error.Code);
        Assert.True(error.Retryable);
        Assert.Contains("what happened", error.Message);
    }
}
