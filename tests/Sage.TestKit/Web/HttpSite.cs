using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sage.TestKit.Web;

/// <summary>A web server on this computer whose every request goes to one method.</summary>
public abstract class HttpSite : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;

    protected HttpSite()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()),
            NullLoggerFactory.Instance
        );
        _kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    /// <summary><c>http://127.0.0.1:PORT</c></summary>
    public string Url { get; private set; } = "";

    protected async Task ListenAsync()
    {
        await _kestrel.StartAsync(new Application(this), CancellationToken.None);
        Url = _kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _kestrel.StopAsync(now.Token);
        _kestrel.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task AnswerAsync(HttpContext context);

    private sealed class Application(HttpSite site) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception) { }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            try
            {
                await site.AnswerAsync(context);
                await context.Response.CompleteAsync();
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // Whoever asked has gone.
            }
        }
    }
}
