using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;

namespace Sage.Providers.Anthropic;

/// <summary>The Anthropic Messages API. Our own client: the vendor's SDK needs reflection and fails under Native AOT.</summary>
internal sealed class AnthropicWire(Endpoint endpoint, ModelTraits traits, ProviderHttp http, TimeProvider time) : IWire
{
    private const string Version = "2023-06-01";

    private readonly Uri _url = new($"{endpoint.BaseUrl.AbsoluteUri.TrimEnd('/')}/v1/messages");

    public IWireRequest Prepare(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var request = MessagesMapping.Request(messages, options, endpoint.Model, traits);
        var body = JsonSerializer.SerializeToUtf8Bytes(request, AnthropicJson.Default.MessagesRequest);
        return new Request(this, body, CallIds.In(messages));
    }

    private sealed class Request(AnthropicWire wire, byte[] body, HashSet<string> usedCallIds) : IWireRequest
    {
        public Task<Stream> SendAsync(CancellationToken cancellationToken) => wire.SendAsync(body, cancellationToken);

        public IReplyDecoder CreateDecoder() => new AnthropicDecoder(wire.Model, [.. usedCallIds]);
    }

    private string Model => endpoint.Model;

    private async Task<Stream> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("anthropic-version", Version);
        request.Headers.TryAddWithoutValidation("x-api-key", endpoint.Key ?? "none");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await http.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        var mediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();
        // Disposing the stream gives the connection back; the response itself holds nothing else.
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await EventStreams.EnsureAsync(mediaType, stream, cancellationToken);
        }
        await using (stream)
        {
            var text = await EventStreams.ReadStartAsync(stream, cancellationToken);
            throw new RefusedException((int)response.StatusCode, text, mediaType, Wait(response));
        }
    }

    private TimeSpan? Wait(HttpResponseMessage response) =>
        RetryAfter.Read(Header(response, "retry-after-ms"), Header(response, "Retry-After"), time.GetUtcNow());

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
