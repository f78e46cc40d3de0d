using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Sandbox.Commands;

namespace Sage.Extensibility.Mcp.Connections;

/// <summary>One open line to a server, and the process at its other end when that is ours.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    private readonly IClientTransport _transport;
    private readonly PipedCommand? _process;
    private McpClient? _client;

    private McpConnection(IClientTransport transport, PipedCommand? process, ErrorTail errors) =>
        (_transport, _process, Errors) = (transport, process, errors);

    public ErrorTail Errors { get; }

    /// <summary>Completes when it is of no use any more.</summary>
    public Task Ended =>
        _process is null ? _client!.Completion : Task.WhenAny(_client!.Completion, _process.Command.Completion);

    /// <summary>Starts a program and greets it.</summary>
    /// <exception cref="Exception">As <see cref="McpFailure.Covers"/> knows them.</exception>
    public static async Task<McpConnection> StartAsync(
        CommandRunner runner,
        CommandSpec command,
        ErrorTail errors,
        McpClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var process = await runner.StartPipedAsync(command, errors.Add);
        var transport = new StreamClientTransport(process.Input, process.Output);
        return await new McpConnection(transport, process, errors).GreetAsync(options, cancellationToken);
    }

    /// <summary>Calls a server that runs somewhere: Streamable HTTP, and the older form where it does not know that.</summary>
    /// <exception cref="Exception">As <see cref="McpFailure.Covers"/> knows them.</exception>
    public static async Task<McpConnection> CallAsync(
        McpServerSpec spec,
        ServerStart start,
        McpClientOptions options,
        CancellationToken cancellationToken
    )
    {
        // A redirect would take the headers, and with them the key, to another host.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = start.Address(),
                Name = spec.Name,
                AdditionalHeaders = start.Headers(),
                ConnectionTimeout = spec.StartTimeout,
                TransportMode = spec.Entry.Type == "sse" ? HttpTransportMode.Sse : HttpTransportMode.AutoDetect,
            },
            http,
            loggerFactory: null,
            ownsHttpClient: true
        );
        return await new McpConnection(transport, process: null, new ErrorTail()).GreetAsync(
            options,
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<Tool>> ListToolsAsync(CancellationToken cancellationToken)
    {
        var tools = await _client!.ListToolsAsync(options: null, cancellationToken);
        return [.. tools.Select(static tool => tool.ProtocolTool)];
    }

    public async Task<CallToolResult> CallToolAsync(
        string tool,
        IReadOnlyDictionary<string, object?> arguments,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    ) => await _client!.CallToolAsync(tool, arguments, progress, options: null, cancellationToken);

    /// <summary>Ends the process, if it has not ended.</summary>
    /// <returns>How it ended; null when there is none.</returns>
    public async Task<string?> EndAsync() => _process is null ? null : (await _process.Command.StopAsync()).Description;

    public async ValueTask DisposeAsync()
    {
        // First the process: whatever the client still waits for then ends.
        await EndAsync();
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_transport is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.Input.DisposeAsync();
            await _process.Output.DisposeAsync();
        }
    }

    private async Task<McpConnection> GreetAsync(McpClientOptions options, CancellationToken cancellationToken)
    {
        try
        {
            // Without a logger: messages are the user's, and those of strangers.
            _client = await McpClient.CreateAsync(_transport, options, loggerFactory: null, cancellationToken);
            return this;
        }
        catch (Exception error) when (McpFailure.Covers(error))
        {
            await DisposeAsync();
            throw;
        }
    }
}
