using System.Net.Http.Headers;
using Sage.Providers.Failures;

namespace Sage.Providers.Streaming;

/// <summary>Posts JSON and takes a stream of server-sent events for it.</summary>
internal sealed class EventPost(Uri url, Action<HttpRequestHeaders> authorize, ProviderHttp http, TimeProvider time)
{
    /// <returns>The body of a successful answer as it streams in.</returns>
    /// <exception cref="RefusedException">The answer was not a success.</exception>
    public async Task<Stream> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        authorize(request.Headers);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await http.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        var mediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();
        // Disposing the stream gives the connection back; the response itself holds nothing else.
        var stream = EventStreams.Decompress(
            response.Content.Headers.ContentEncoding.LastOrDefault(),
            await response.Content.ReadAsStreamAsync(cancellationToken)
        );
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
