using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.SigningIn;
using Sage.Sandbox.Commands;

namespace Sage.Extensibility.Mcp.Connections;

/// <summary>One open line to a server, and the process at its other end when that is ours.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    // More prompts, or things to read, than anybody looks through.
    private const int MostListed = 1_000;

    private const string SubscriptionsSince = "2026-07-28";

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
        SignIn signIn,
        McpClientOptions options,
        CancellationToken cancellationToken
    )
    {
        // A redirect would take the headers, and with them the key, to another host.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var headers = start.Headers();
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = start.Address(),
                Name = spec.Name,
                AdditionalHeaders = headers,
                // Whoever has a key for it does not sign in.
                OAuth = headers.Keys.Any(IsKey) ? null : signIn.Options(),
                ConnectionTimeout = options.InitializationTimeout,
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

    /// <summary>All that the server offers now. Of what it says it does not have, nothing is asked for.</summary>
    public async Task<ServerState> ReadListsAsync(CancellationToken cancellationToken)
    {
        var client = _client!;
        var has = client.ServerCapabilities;
        var hasTools = has.Tools is not null || (has.Prompts is null && has.Resources is null);
        var tools = hasTools ? await client.ListToolsAsync(options: null, cancellationToken) : [];
        return new ServerState([.. tools.Select(static tool => tool.ProtocolTool)])
        {
            Prompts = has.Prompts is null ? [] : await OrNoneAsync(ListPromptsAsync, cancellationToken),
            Resources = has.Resources is null ? [] : await OrNoneAsync(ListResourcesAsync, cancellationToken),
            Templates = has.Resources is null ? [] : await OrNoneAsync(ListTemplatesAsync, cancellationToken),
        };
    }

    /// <summary>
    /// Since a revision of the protocol a server tells of changes only to who has asked for it. Completes when it tells no more;
    /// never throws.
    /// </summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (string.CompareOrdinal(_client!.NegotiatedProtocolVersion, SubscriptionsSince) < 0)
        {
            return;
        }

        var wanted = new JsonObject
        {
            ["toolsListChanged"] = true,
            ["promptsListChanged"] = true,
            ["resourcesListChanged"] = true,
        };
        var request = new JsonRpcRequest
        {
            Method = "subscriptions/listen",
            Params = new JsonObject { ["notifications"] = wanted },
        };
        try
        {
            await _client.SendRequestAsync(request, cancellationToken);
        }
        catch (Exception error) when (McpFailure.Covers(error))
        {
            // It tells nothing: then its lists are as they were at the start.
        }
    }

    public async Task<GetPromptResult> GetPromptAsync(
        string prompt,
        IReadOnlyDictionary<string, object?> arguments,
        CancellationToken cancellationToken
    ) => await _client!.GetPromptAsync(prompt, arguments, options: null, cancellationToken);

    public async Task<ReadResourceResult> ReadResourceAsync(string uri, CancellationToken cancellationToken) =>
        await _client!.ReadResourceAsync(uri, options: null, cancellationToken);

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

    private async Task<IEnumerable<Prompt>> ListPromptsAsync(CancellationToken cancellationToken) =>
        (await _client!.ListPromptsAsync(options: null, cancellationToken)).Select(static prompt =>
            prompt.ProtocolPrompt
        );

    private async Task<IEnumerable<Resource>> ListResourcesAsync(CancellationToken cancellationToken) =>
        (await _client!.ListResourcesAsync(options: null, cancellationToken)).Select(static resource =>
            resource.ProtocolResource
        );

    private async Task<IEnumerable<ResourceTemplate>> ListTemplatesAsync(CancellationToken cancellationToken) =>
        (await _client!.ListResourceTemplatesAsync(options: null, cancellationToken)).Select(static template =>
            template.ProtocolResourceTemplate
        );

    /// <summary>Who fails at a list that is not of tools still serves.</summary>
    private static async Task<ImmutableArray<T>> OrNoneAsync<T>(
        Func<CancellationToken, Task<IEnumerable<T>>> list,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return [.. (await list(cancellationToken)).Take(MostListed)];
        }
        catch (Exception error) when (McpFailure.Covers(error) && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    private static bool IsKey(string header) => header.Equals("Authorization", StringComparison.OrdinalIgnoreCase);

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
