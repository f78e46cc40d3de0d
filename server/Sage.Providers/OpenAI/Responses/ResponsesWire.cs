using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;

namespace Sage.Providers.OpenAI.Responses;

/// <summary>The OpenAI Responses API, at any base URL.</summary>
internal sealed class ResponsesWire(Endpoint endpoint, OpenAIDialect dialect, ProviderHttp http, TimeProvider time)
    : IWire
{
    private const int BadRequest = 400;

    private readonly EventPost _post = new(
        new Uri($"{endpoint.BaseUrl.AbsoluteUri.TrimEnd('/')}/responses"),
        headers => Authorize(headers, endpoint, dialect),
        http,
        time
    );
    private volatile bool _hasNoSummaries;

    public IWireRequest Prepare(IReadOnlyList<ChatMessage> messages, ChatOptions? options) =>
        new Request(this, ResponsesMapping.Request(messages, options, endpoint.Model, dialect), CallIds.In(messages));

    private sealed class Request(ResponsesWire wire, ResponsesRequest request, HashSet<string> usedCallIds)
        : IWireRequest
    {
        public Task<Stream> SendAsync(CancellationToken cancellationToken) =>
            wire.SendAsync(request, cancellationToken);

        public IReplyDecoder CreateDecoder() => new ResponsesDecoder(wire.Model, [.. usedCallIds]);
    }

    private string Model => endpoint.Model;

    private static void Authorize(HttpRequestHeaders headers, Endpoint endpoint, OpenAIDialect dialect)
    {
        if (dialect.HasFlag(OpenAIDialect.Azure))
        {
            headers.TryAddWithoutValidation("api-key", endpoint.Key ?? "none");
        }
        else
        {
            // Local servers take any key, but the header must be there.
            headers.TryAddWithoutValidation("Authorization", $"Bearer {endpoint.Key ?? "none"}");
        }
    }

    private async Task<Stream> SendAsync(ResponsesRequest request, CancellationToken cancellationToken)
    {
        if (!_hasNoSummaries)
        {
            try
            {
                return await PostAsync(request, cancellationToken);
            }
            catch (RefusedException refused) when (IsAboutSummaries(request, refused))
            {
                // OpenAI gives summaries of some models to organizations only that have shown who they are.
                _hasNoSummaries = true;
            }
        }

        return await PostAsync(WithoutSummary(request), cancellationToken);
    }

    private Task<Stream> PostAsync(ResponsesRequest request, CancellationToken cancellationToken) =>
        _post.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(request, ResponsesJson.Default.ResponsesRequest),
            cancellationToken
        );

    private static bool IsAboutSummaries(ResponsesRequest request, RefusedException refused) =>
        request.Reasoning?.Summary is not null
        && refused.Status == BadRequest
        && (
            refused.Body.Contains("reasoning.summary", StringComparison.Ordinal)
            || refused.Body.Contains("reasoning summar", StringComparison.OrdinalIgnoreCase)
        );

    private static ResponsesRequest WithoutSummary(ResponsesRequest request) =>
        request.Reasoning is { } reasoning
            ? request with
            {
                Reasoning = reasoning.Effort is null ? null : reasoning with { Summary = null },
            }
            : request;
}
