using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sage.Providers.Anthropic;

/// <summary>The body of <c>POST /v1/messages</c>.</summary>
internal sealed record MessagesRequest(
    string Model,
    int MaxTokens,
    IReadOnlyList<Block>? System,
    IReadOnlyList<ToolSpec>? Tools,
    ToolChoice? ToolChoice,
    ThinkingSpec? Thinking,
    OutputSpec? OutputConfig,
    float? Temperature,
    IReadOnlyList<RequestMessage> Messages,
    bool Stream = true
);

internal sealed record RequestMessage(string Role, List<Block> Content);

internal sealed record ToolSpec(
    string Name,
    string Description,
    JsonElement InputSchema,
    CacheControl? CacheControl = null
);

internal sealed record ToolChoice(string Type);

internal sealed record ThinkingSpec(string Type, string? Display);

/// <param name="Effort">How much the model is to think and say.</param>
internal sealed record OutputSpec(string Effort);

/// <summary>A place up to which the vendor keeps the prompt in its cache.</summary>
internal sealed record CacheControl(string Type)
{
    public static CacheControl Ephemeral { get; } = new("ephemeral");
}

/// <summary>A piece of a message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextBlock), "text")]
[JsonDerivedType(typeof(ImageBlock), "image")]
[JsonDerivedType(typeof(ThinkingBlock), "thinking")]
[JsonDerivedType(typeof(RedactedThinkingBlock), "redacted_thinking")]
[JsonDerivedType(typeof(ToolUseBlock), "tool_use")]
[JsonDerivedType(typeof(ToolResultBlock), "tool_result")]
internal abstract record Block
{
    public CacheControl? CacheControl { get; init; }
}

internal sealed record TextBlock(string Text) : Block;

internal sealed record ImageBlock(ImageSource Source) : Block;

internal sealed record ImageSource(string Type, string MediaType, string Data);

internal sealed record ThinkingBlock(string Thinking, string Signature) : Block;

internal sealed record RedactedThinkingBlock(string Data) : Block;

internal sealed record ToolUseBlock(string Id, string Name, JsonElement Input) : Block;

internal sealed record ToolResultBlock(string ToolUseId, IReadOnlyList<Block> Content, bool? IsError) : Block;
