using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;

namespace Sage.Providers.Anthropic;

/// <summary>The Anthropic Messages API. Our own client: the vendor's SDK needs reflection and fails under Native AOT.</summary>
internal sealed class AnthropicWire(Endpoint endpoint, ModelTraits traits, ProviderHttp http, TimeProvider time) : IWire
{
    private const string Version = "2023-06-01";

    private readonly EventPost _post = new(
        new Uri($"{endpoint.BaseUrl.AbsoluteUri.TrimEnd('/')}/v1/messages"),
        headers =>
        {
            headers.Add("anthropic-version", Version);
            headers.TryAddWithoutValidation("x-api-key", endpoint.Key ?? "none");
        },
        http,
        time
    );

    public IWireRequest Prepare(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var request = MessagesMapping.Request(messages, options, endpoint.Model, traits);
        var body = JsonSerializer.SerializeToUtf8Bytes(request, AnthropicJson.Default.MessagesRequest);
        return new Request(this, body, CallIds.In(messages));
    }

    private sealed class Request(AnthropicWire wire, byte[] body, HashSet<string> usedCallIds) : IWireRequest
    {
        public Task<Stream> SendAsync(CancellationToken cancellationToken) =>
            wire._post.SendAsync(body, cancellationToken);

        public IReplyDecoder CreateDecoder() => new AnthropicDecoder(wire.Model, [.. usedCallIds]);
    }

    private string Model => endpoint.Model;
}
