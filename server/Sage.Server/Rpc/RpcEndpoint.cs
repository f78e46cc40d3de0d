using System.Text.Json;

namespace Sage.Server.Rpc;

/// <summary>What the RPC library calls for one route. Its parameters arrive undecoded, so that their errors are ours to word.</summary>
internal sealed class RpcEndpoint(Route route, SageRpcTarget target)
{
    // Public and with defaults because the library finds the method and omitted parameters by reflection.
    public Task<object?> InvokeAsync(JsonElement? parameters = null, CancellationToken cancellationToken = default) =>
        target.HandleAsync(route, parameters, cancellationToken);
}
