using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Sage.Agent.Extensions;

namespace Sage.Tools.Web.Guarding;

/// <summary>Asks the operating system, or a test, for the addresses of a host.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Fetches pages so that each connection goes to exactly the addresses that were looked at: a host is resolved once, and what a
/// redirect says is looked at like what the model said.
/// </summary>
/// <param name="resolve">Of hosts.</param>
/// <param name="proxy">Of the environment. What it resolves cannot be seen from here, so only names are looked at then.</param>
/// <param name="userAgent">Who asks.</param>
internal sealed class WebFetcher(HostResolver resolve, IWebProxy proxy, string userAgent)
{
    public const int MostRedirects = 5;

    public async Task<Fetched> GetAsync(WebAddress address, WebSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (ReachGuard.RefusalOf(address, settings.AllowPrivateHosts) is { } refusal)
                {
                    return new Fetched.Failed($"It was not asked: {refusal}.");
                }

                var hop = await HopAsync(address, settings, cancellationToken);
                if (hop is not Fetched.Moved { Target: var target, IsSameHost: true })
                {
                    return hop;
                }

                address = target;
            }

            return new Fetched.Failed($"It redirects more than {MostRedirects} times.");
        }
        catch (Exception error)
            when (error
                    is HttpRequestException
                        or IOException
                        or SocketException
                        or AuthenticationException
                        or InvalidDataException
            )
        {
            return new Fetched.Failed($"{address.Host} could not be read: {error.Message}");
        }
    }

    private async Task<Fetched> HopAsync(WebAddress address, WebSettings settings, CancellationToken cancellationToken)
    {
        var isOwn = ReachGuard.IsAllowed(address, settings.AllowPrivateHosts);
        using var handler = NewHandler();
        if (!isOwn && proxy.GetProxy(address.Uri) is { } through && through != address.Uri)
        {
            (handler.Proxy, handler.UseProxy) = (proxy, true);
        }
        else
        {
            var addresses = address.Literal is { } literal ? [literal] : await resolve(address.Host, cancellationToken);
            if (!isOwn && ReachGuard.RefusalOfResolved(address, addresses) is { } refusal)
            {
                return new Fetched.Failed($"It was not asked: {refusal}.");
            }

            handler.ConnectCallback = (context, token) => ConnectAsync(addresses, context.DnsEndPoint.Port, token);
        }

        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("Accept", "text/html, text/plain, application/json, */*;q=0.5");
        using var response = await client.SendAsync(request, cancellationToken);
        return await ReadAsync(address, response, cancellationToken);
    }

    private static SocketsHttpHandler NewHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
            ConnectTimeout = TimeSpan.FromSeconds(15),
        };

    private static async ValueTask<Stream> ConnectAsync(
        IPAddress[] addresses,
        int port,
        CancellationToken cancellationToken
    )
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Fetched> ReadAsync(
        WebAddress address,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var status = (int)response.StatusCode;
        if (status is 301 or 302 or 303 or 307 or 308)
        {
            return Redirected(address, response.Headers.Location);
        }

        if (!response.IsSuccessStatusCode)
        {
            return new Fetched.Failed($"{address.Host} answered with status {status} ({response.StatusCode}).");
        }

        var type = response.Content.Headers.ContentType;
        var body = await WebBody.ReadAsync(response.Content, cancellationToken);
        return new Fetched.Page(address, type?.MediaType ?? "", type?.CharSet?.Trim('"'), body);
    }

    private static Fetched Redirected(WebAddress from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from.Uri, location, out var next))
        {
            return new Fetched.Failed("It redirects to an address that cannot be read.");
        }

        if (!WebAddress.TryParse(next.AbsoluteUri, out var target, out var refusal))
        {
            return new Fetched.Failed($"It redirects to an address that is refused: {refusal}.");
        }

        return from.Uri.Scheme == Uri.UriSchemeHttps && target.Uri.Scheme != Uri.UriSchemeHttps
            ? new Fetched.Failed("It redirects from https to http, which is not followed.")
            : new Fetched.Moved(target, IsSameHost(from, target));
    }

    // What a rule or the user allowed is a host. From http to https both ports are the usual ones.
    private static bool IsSameHost(WebAddress from, WebAddress target) =>
        from.Host.Equals(target.Host, StringComparison.OrdinalIgnoreCase)
        && (from.Port == target.Port || from.Uri.IsDefaultPort && target.Uri.IsDefaultPort);
}

/// <summary>What became of a request.</summary>
internal abstract record Fetched
{
    private Fetched() { }

    /// <param name="Address">Where it was in the end.</param>
    /// <param name="MediaType">What the server says it is; may be empty.</param>
    /// <param name="Charset">What the server says of its encoding.</param>
    /// <param name="Body">What it holds.</param>
    public sealed record Page(WebAddress Address, string MediaType, string? Charset, WebBody Body) : Fetched;

    /// <param name="Target">Where it is said to be.</param>
    /// <param name="IsSameHost">What was allowed for one host is not allowed for another.</param>
    public sealed record Moved(WebAddress Target, bool IsSameHost) : Fetched;

    /// <param name="Why">One sentence or two.</param>
    public sealed record Failed(string Why) : Fetched;
}
