using System.Net.Http.Headers;

namespace Sage.Providers.Streaming;

/// <summary>The one HTTP client of all providers: connections are kept between requests, and nothing is made before the first.</summary>
internal sealed class ProviderHttp : IDisposable
{
    private readonly Lazy<HttpClient> _client = new(Create);

    public HttpClient Client => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static HttpClient Create()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            // A redirect would carry the key in x-api-key to wherever it points.
            AllowAutoRedirect = false,
            UseCookies = false,
            // A reply that nobody wants any more is dropped, not read to its end: Stop must be prompt, and tokens cost money.
            ResponseDrainTimeout = TimeSpan.Zero,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Sage", "0.1.0"));
        return client;
    }
}
