using System.Net;
using Sage.Agent.Extensions;
using Sage.Tools.Web.Guarding;
using Sage.Tools.Web.Search;

namespace Sage.Tools.Web;

/// <summary>Puts the web tools together with the real network.</summary>
internal static class WebTools
{
    private static readonly string UserAgent =
        $"Sage/{typeof(WebTools).Assembly.GetName().Version?.ToString(3) ?? "0.0.0"}";

    public static FetchUrlTool NewFetchUrl(IWebSettings settings, TimeProvider time) =>
        new(
            new Lazy<WebFetcher>(static () =>
                new WebFetcher(Dns.GetHostAddressesAsync, HttpClient.DefaultProxy, UserAgent)
            ),
            settings,
            time
        );

    public static WebSearchTool NewSearch(IWebSettings settings) =>
        new(new Lazy<HttpMessageInvoker>(NewClient), settings, Environment.GetEnvironmentVariable);

    private static HttpMessageInvoker NewClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(15),
            }
        );
}
