using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sage.Server.Rpc.Frames;
using StreamJsonRpc;

namespace Sage.Server.Rpc;

/// <summary>Puts the connection together: frames, methods, errors.</summary>
internal static class RpcConnection
{
    /// <summary>A connection that knows every method; the caller starts it and disposes it.</summary>
    public static JsonRpc Create(IDuplexPipe pipe, SageRpcTarget target, ILoggerFactory loggers)
    {
        var handler = new FrameHandler(
            pipe.Output,
            pipe.Input,
            new FrameFormatter(),
            loggers.CreateLogger<FrameHandler>()
        );
        var rpc = new SageJsonRpc(handler, loggers.CreateLogger<SageJsonRpc>())
        {
            CancelLocallyInvokedMethodsWhenConnectionIsClosed = true,
        };
        rpc.TraceSource.Switch.Level = System.Diagnostics.SourceLevels.Off;
        foreach (var route in RoutingTable.Routes)
        {
            Add(rpc, new RpcEndpoint(route, target), route.Method);
        }

        return rpc;
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "The method is named here, its types are in the contexts."
    )]
    [UnconditionalSuppressMessage(
        "AOT",
        "IL3050",
        Justification = "The method is named here, its types are in the contexts."
    )]
    private static void Add(JsonRpc rpc, RpcEndpoint endpoint, string method) =>
        rpc.AddLocalRpcMethod(
            typeof(RpcEndpoint).GetMethod(nameof(RpcEndpoint.InvokeAsync))!,
            endpoint,
            new JsonRpcMethodAttribute(method) { UseSingleObjectParameterDeserialization = true }
        );
}
