using Microsoft.Extensions.AI;
using Sage.Providers.Anthropic;
using Sage.Providers.OpenAI;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Streaming;

/// <summary>How much a model is to think, on each format, and only where it can be told.</summary>
public sealed class EffortTests
{
    [Theory]
    [InlineData(WireFormat.OpenAIChat, "qwen", "reasoning_effort", "high")]
    [InlineData(WireFormat.OpenAIResponses, "gpt-6-sol", "reasoning", "{\"effort\":\"high\",\"summary\":\"auto\"}")]
    [InlineData(WireFormat.Anthropic, "claude-sonnet-5-5", "output_config", "{\"effort\":\"high\"}")]
    public async Task It_is_said_in_the_words_of_the_format(
        WireFormat format,
        string model,
        string member,
        string value
    )
    {
        Assert.Equal(value, await SentAsync(format, model, OpenAIDialect.None, member, ReasoningEffort.High));
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat, "qwen", "reasoning_effort")]
    [InlineData(WireFormat.Anthropic, "claude-sonnet-5-5", "output_config")]
    public async Task Without_a_wish_nothing_is_said(WireFormat format, string model, string member) =>
        Assert.Null(await SentAsync(format, model, OpenAIDialect.None, member, effort: null));

    [Theory]
    [InlineData("gpt-4.1", OpenAIDialect.OpenAI)]
    [InlineData("devstral-latest", OpenAIDialect.Mistral)]
    public async Task What_would_be_refused_is_not_said(string model, object dialect) =>
        Assert.Null(
            await SentAsync(
                WireFormat.OpenAIChat,
                model,
                (OpenAIDialect)dialect,
                "reasoning_effort",
                ReasoningEffort.High
            )
        );

    private static async Task<string?> SentAsync(
        WireFormat format,
        string model,
        OpenAIDialect dialect,
        string member,
        ReasoningEffort? effort
    )
    {
        var traits = new ModelTraits(32_000, ThinkingKind.Adaptive);
        await using var asked = await ModelUnderTest.StartAsync(format, dialect: dialect, traits: traits, model: model);
        asked.Server.Reply(r => r.Text("Hm."));
        var options = new ChatOptions { Reasoning = effort is null ? null : new() { Effort = effort } };

        await asked.AskAsync([new ChatMessage(ChatRole.User, "think")], options);

        Assert.Empty(asked.Server.Violations);
        return asked.Server.ModelRequests[0].Body.TryGetProperty(member, out var sent) ? sent.ToString() : null;
    }
}
