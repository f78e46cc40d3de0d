using Microsoft.Extensions.Logging;
using Sage.Agent.Extensions.Mcp;
using Sage.Protocol;
using Sage.Protocol.Mcp;
using Sage.Server.Rpc;
using StreamJsonRpc;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Asks the editor for its browser and its secret storage. What it cannot do is as if the user had said no.</summary>
internal sealed class EditorHelp(ClientConnection connection, ILogger<EditorHelp> log) : IEditorHelp
{
    public bool IsThere => true;

    public async Task<bool> OpenAsync(OpenAddressParams address, CancellationToken cancellationToken) =>
        await AskAsync<OpenAddressResult>(Methods.OpenAddress, address, cancellationToken) is { Opened: true };

    public async Task<string?> ReadSecretAsync(string name, CancellationToken cancellationToken) =>
        (
            await AskAsync<ReadMcpSecretResult>(Methods.ReadMcpSecret, new ReadMcpSecretParams(name), cancellationToken)
        )?.Value;

    public Task WriteSecretAsync(string name, string? value, CancellationToken cancellationToken) =>
        AskAsync<Done>(Methods.WriteMcpSecret, new WriteMcpSecretParams(name, value), cancellationToken);

    private async Task<T?> AskAsync<T>(string method, object parameters, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await connection.RequestAsync<T>(method, parameters, cancellationToken);
        }
        catch (Exception error)
            when (error is RemoteRpcException or ObjectDisposedException or InvalidOperationException)
        {
            // Without what was asked for: it can be a token.
            log.LogWarning("The editor could not answer {Method}: {Kind}", method, error.GetType().Name);
            return null;
        }
    }
}
