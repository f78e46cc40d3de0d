using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sage.Server.Rpc;
using StreamJsonRpc;

namespace Sage.Server.Hosting;

/// <summary>Runs the language server on a pair of pipes until somebody ends it, and ends everything it started.</summary>
internal sealed class LanguageServer(ServiceProvider services)
{
    private readonly ServerLifecycle _lifecycle = services.GetRequiredService<ServerLifecycle>();
    private readonly ILogger _log = services.GetRequiredService<ILogger<LanguageServer>>();

    /// <returns>The exit code of the process.</returns>
    public async Task<int> RunAsync(IDuplexPipe pipe)
    {
        using var rpc = RpcConnection.Create(
            pipe,
            services.GetRequiredService<SageRpcTarget>(),
            services.GetRequiredService<ILoggerFactory>()
        );
        services.GetRequiredService<ClientConnection>().Attach(rpc);
        rpc.Disconnected += OnDisconnected;
        rpc.StartListening();
        var reason = await _lifecycle.Ended;
        _log.LogInformation("The server ends: {Reason}", reason);
        return _lifecycle.ExitCode(reason);
    }

    private void OnDisconnected(object? sender, JsonRpcDisconnectedEventArgs e)
    {
        if (e.Reason is DisconnectedReason.RemotePartyTerminated or DisconnectedReason.LocallyDisposed)
        {
            _lifecycle.End(EndReason.ClientGone);
            return;
        }

        _log.LogError(e.Exception, "The connection is broken: {Description}", e.Description);
        _lifecycle.End(EndReason.BrokenConnection);
    }
}
