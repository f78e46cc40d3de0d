namespace Sage.Providers.OpenAI.Responses;

/// <summary>One event of a streamed response; which properties are set depends on the type.</summary>
internal sealed class ResponsesEvent
{
    public string? Type { get; set; }
    public int? OutputIndex { get; set; }
    public int? SummaryIndex { get; set; }
    public string? Delta { get; set; }
    public string? Arguments { get; set; }
    public EventItem? Item { get; set; }
    public EventResponse? Response { get; set; }

    /// <summary>Of an <c>error</c> event, which has its members at the top; some servers nest them as OpenAI's REST errors do.</summary>
    public string? Code { get; set; }
    public string? Message { get; set; }
    public EventError? Error { get; set; }
}

internal sealed class EventItem
{
    public string? Type { get; set; }
    public string? Id { get; set; }
    public string? CallId { get; set; }
    public string? Name { get; set; }
    public string? Arguments { get; set; }
    public string? EncryptedContent { get; set; }
    public List<EventPart>? Content { get; set; }
    public List<EventPart>? Summary { get; set; }
}

internal sealed class EventPart
{
    public string? Type { get; set; }
    public string? Text { get; set; }
    public string? Refusal { get; set; }
}

internal sealed class EventResponse
{
    public string? Id { get; set; }
    public string? Model { get; set; }
    public EventError? Error { get; set; }
    public EventIncomplete? IncompleteDetails { get; set; }
    public EventUsage? Usage { get; set; }
}

internal sealed class EventError
{
    public string? Code { get; set; }
    public string? Type { get; set; }
    public string? Message { get; set; }
}

internal sealed class EventIncomplete
{
    public string? Reason { get; set; }
}

internal sealed class EventUsage
{
    public long? InputTokens { get; set; }
    public long? OutputTokens { get; set; }
    public EventInputDetails? InputTokensDetails { get; set; }
    public EventOutputDetails? OutputTokensDetails { get; set; }
}

internal sealed class EventInputDetails
{
    public long? CachedTokens { get; set; }
}

internal sealed class EventOutputDetails
{
    public long? ReasoningTokens { get; set; }
}
