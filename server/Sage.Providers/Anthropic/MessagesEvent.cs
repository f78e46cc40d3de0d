using System.Text.Json;

namespace Sage.Providers.Anthropic;

/// <summary>One event of a streamed message; which properties are set depends on the type.</summary>
internal sealed class MessagesEvent
{
    public string? Type { get; set; }
    public int? Index { get; set; }
    public EventMessage? Message { get; set; }
    public EventBlock? ContentBlock { get; set; }
    public EventDelta? Delta { get; set; }
    public EventUsage? Usage { get; set; }
    public EventError? Error { get; set; }
}

internal sealed class EventMessage
{
    public string? Id { get; set; }
    public string? Model { get; set; }
    public EventUsage? Usage { get; set; }
}

internal sealed class EventBlock
{
    public string? Type { get; set; }
    public string? Id { get; set; }
    public string? Name { get; set; }
    public string? Text { get; set; }
    public string? Thinking { get; set; }
    public string? Signature { get; set; }
    public string? Data { get; set; }
    public JsonElement? Input { get; set; }
}

internal sealed class EventDelta
{
    public string? Type { get; set; }
    public string? Text { get; set; }
    public string? Thinking { get; set; }
    public string? Signature { get; set; }
    public string? PartialJson { get; set; }
    public string? StopReason { get; set; }
}

internal sealed class EventUsage
{
    public long? InputTokens { get; set; }
    public long? CacheCreationInputTokens { get; set; }
    public long? CacheReadInputTokens { get; set; }
    public long? OutputTokens { get; set; }
    public EventOutputDetails? OutputTokensDetails { get; set; }
}

internal sealed class EventOutputDetails
{
    public long? ThinkingTokens { get; set; }
}

internal sealed class EventError
{
    public string? Type { get; set; }
    public string? Message { get; set; }
}
