namespace Sage.TestKit.ScriptedModel;

/// <summary>The headers each vendor demands: the key, the version, the content type.</summary>
internal static class VendorHeaders
{
    public static (int Status, string Message)? FindProblem(RecordedRequest request, string? expectedKey)
    {
        var key =
            request.Format == WireFormat.Anthropic ? AnthropicKey(request)
            : IsAzure(request) ? request.Headers.GetValueOrDefault("api-key")
            : BearerKey(request);
        if (key is null or "")
        {
            return request.Format == WireFormat.Anthropic
                ? (401, "x-api-key header is required")
                : (401, "You didn't provide an API key. Provide it in an Authorization header using Bearer auth.");
        }
        if (expectedKey is not null && key != expectedKey)
        {
            return request.Format == WireFormat.Anthropic
                ? (401, "invalid x-api-key")
                : (401, $"Incorrect API key provided: {Mask(key)}.");
        }
        if (request.Format == WireFormat.Anthropic && !request.Headers.ContainsKey("anthropic-version"))
        {
            return (400, "anthropic-version: header is required");
        }
        var contentType = request.Headers.GetValueOrDefault("content-type", "");
        return request.Method == "POST" && !contentType.StartsWith("application/json", StringComparison.Ordinal)
            ? (415, "content-type must be application/json")
            : null;
    }

    private static bool IsAzure(RecordedRequest request) =>
        request.Path.StartsWith("/openai/v1/", StringComparison.Ordinal);

    private static string? AnthropicKey(RecordedRequest request) => request.Headers.GetValueOrDefault("x-api-key");

    private static string? BearerKey(RecordedRequest request) =>
        request.Headers.GetValueOrDefault("authorization") is { } value
        && value.StartsWith("Bearer ", StringComparison.Ordinal)
            ? value["Bearer ".Length..]
            : null;

    /// <summary>As the vendor does: most of the wrong key comes back in its error.</summary>
    private static string Mask(string key) => key.Length <= 8 ? key : $"{key[..4]}***{key[^4..]}";
}

/// <summary>The bodies of <c>/models</c>.</summary>
internal static class ModelLists
{
    public static object Of(WireFormat format, IReadOnlyList<string> models) =>
        format == WireFormat.Anthropic
            ? new
            {
                data = models.Select(m => new
                {
                    type = "model",
                    id = m,
                    display_name = m,
                    created_at = "2026-01-01T00:00:00Z",
                }),
                has_more = false,
                first_id = models is [var first, ..] ? first : null,
                last_id = models is [.., var last] ? last : null,
            }
            : new
            {
                @object = "list",
                data = models.Select(m => new
                {
                    id = m,
                    @object = "model",
                    created = 1_790_000_000,
                    owned_by = "scripted",
                }),
            };
}
