using System.Diagnostics.CodeAnalysis;
using StreamJsonRpc;

namespace Sage.Server.Rpc;

/// <summary>The way to the client: requests and notifications, once the connection stands.</summary>
internal sealed class ClientConnection
{
    private JsonRpc? _rpc;

    public void Attach(JsonRpc rpc) => _rpc = rpc;

    /// <summary>Sends a notification; waits until it is written. Nothing happens once the client is gone.</summary>
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "Every type comes from a source-generated context."
    )]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Every type comes from a source-generated context.")]
    public async Task NotifyAsync(string method, object parameters)
    {
        try
        {
            await Rpc.NotifyWithParameterObjectAsync(method, parameters);
        }
        catch (Exception e) when (e is ConnectionLostException or ObjectDisposedException)
        {
            // Nobody listens any more; the connection's own end is handled where it is awaited.
        }
    }

    /// <summary>Asks the client. A cancelled request is cancelled there too, and does not wait for its answer.</summary>
    /// <exception cref="RemoteRpcException">The client answered with an error, or is gone.</exception>
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "Every type comes from a source-generated context."
    )]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Every type comes from a source-generated context.")]
    public Task<TResult> RequestAsync<TResult>(string method, object parameters, CancellationToken cancellationToken) =>
        Rpc.InvokeWithParameterObjectAsync<TResult>(method, parameters, cancellationToken).WaitAsync(cancellationToken);

    private JsonRpc Rpc => _rpc ?? throw new InvalidOperationException("The connection does not stand yet.");
}
