using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;
using OpenAIMessage = OpenAI.Chat.ChatMessage;

namespace Sage.Providers.OpenAI;

/// <summary>OpenAI Chat Completions through the official SDK, at any base URL.</summary>
internal sealed class OpenAIChatWire(Endpoint endpoint, OpenAIDialect dialect, ProviderHttp http, TimeProvider time)
    : IWire
{
    private readonly Lazy<ChatClient> _client = new(() => CreateClient(endpoint, http));

    public IWireRequest Prepare(IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options) =>
        new Request(
            this,
            OpenAIChatRequest.Messages(messages, dialect),
            OpenAIChatRequest.Options(options, endpoint.Model, dialect),
            CallIds.In(messages)
        );

    private static ChatClient CreateClient(Endpoint endpoint, ProviderHttp http)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.BaseUrl,
            // Polly retries and we time out: two owners would multiply.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(http.Client),
            UserAgentApplicationId = "Sage",
        };
        // Local servers take any key, but the header must be there.
        return new ChatClient(endpoint.Model, new ApiKeyCredential(endpoint.Key ?? "none"), options);
    }

    private sealed class Request(
        OpenAIChatWire wire,
        List<OpenAIMessage> messages,
        ChatCompletionOptions options,
        HashSet<string> usedCallIds
    ) : IWireRequest
    {
        public IReplyDecoder CreateDecoder() =>
            new OpenAIChatDecoder([.. usedCallIds], wire.Dialect.HasFlag(OpenAIDialect.KeepsReasoning));

        public async Task<Stream> SendAsync(CancellationToken cancellationToken)
        {
            try
            {
                var updates = wire.Client.CompleteChatStreamingAsync(messages, options, cancellationToken);
                await foreach (var page in updates.GetRawPagesAsync().WithCancellation(cancellationToken))
                {
                    return await wire.OpenAsync(page.GetRawResponse(), cancellationToken);
                }
                throw new EmptyReplyException();
            }
            catch (ClientResultException error) when (error.GetRawResponse() is { } response)
            {
                throw wire.Refused(response);
            }
        }
    }

    private OpenAIDialect Dialect => dialect;

    private ChatClient Client => _client.Value;

    private Task<Stream> OpenAsync(PipelineResponse response, CancellationToken cancellationToken)
    {
        if (response.Status is >= 300)
        {
            throw Refused(response);
        }
        response.Headers.TryGetValue("Content-Encoding", out var encoding);
        var body = EventStreams.Decompress(encoding, response.ContentStream ?? throw new EmptyReplyException());
        return EventStreams.EnsureAsync(MediaType(response), body, cancellationToken);
    }

    private RefusedException Refused(PipelineResponse response)
    {
        response.Headers.TryGetValue("retry-after-ms", out var milliseconds);
        response.Headers.TryGetValue("Retry-After", out var seconds);
        return new RefusedException(
            response.Status,
            response.Content.ToString(),
            MediaType(response),
            RetryAfter.Read(milliseconds, seconds, time.GetUtcNow())
        );
    }

    private static string? MediaType(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Type", out var value)
            ? value?.Split(';')[0].Trim().ToLowerInvariant()
            : null;
}
