using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sage.Agent.Extensions.Mcp;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Overview;
using Sage.Extensibility.Mcp.Questions;
using Sage.Extensibility.Mcp.SigningIn;
using Sage.Extensibility.Mcp.Tools;

namespace Sage.Extensibility.Mcp.Connections;

/// <summary>
/// One configured server from its start to its end: connects in the background, keeps the lists of what it offers true, and starts it
/// again when it ends by itself, each time later, until that makes no sense any more.
/// </summary>
internal sealed class McpServer : IAsyncDisposable
{
    /// <summary>In a row; a server that never stays will not stay the next time.</summary>
    internal const int MostRestarts = 5;

    // Whoever does not answer at all is not ready in time.
    private static readonly TimeSpan NoLimit = TimeSpan.FromDays(1);

    // Who has worked for so long has not ended because of how it was started.
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    private readonly Func<ErrorTail, McpClientOptions, Patience, Task<McpConnection>> _open;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ServerLog _said;
    private readonly Changes _changes;
    private readonly CancellationTokenSource _closing = new();
    private readonly Channel<bool> _listChanged = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;
    private volatile ServerState _state = ServerState.Starting;

    public McpServer(
        McpServerSpec spec,
        Func<ErrorTail, McpClientOptions, Patience, Task<McpConnection>> open,
        IEditorHelp editor,
        TimeProvider time,
        ILogger log,
        ServerLog said,
        Changes changes
    )
    {
        (Spec, _open, _time, _log, _said, _changes) = (spec, open, time, log, said, changes);
        Elicitation = new Elicitation(spec, Calls, editor);
        // Not on the thread of whoever waits for its own first request.
        _running = Task.Run(RunAsync);
    }

    public McpServerSpec Spec { get; }

    /// <summary>What runs in it.</summary>
    public OpenCalls Calls { get; } = new();

    /// <summary>Puts its questions to the user.</summary>
    public Elicitation Elicitation { get; }

    /// <summary>How it stands. One that has ended keeps its tools in the list: it may be back before they are called.</summary>
    public ServerState State => _state;

    /// <summary>Completes when it has said for the first time what it offers, or why it does not.</summary>
    public Task Settled => _settled.Task;

    /// <summary>The open line; null when there is none.</summary>
    public McpConnection? Connection => _state.Connection;

    /// <summary>What it offers, by name.</summary>
    public IEnumerable<McpTool> Tools
    {
        get
        {
            var taken = new HashSet<string>(StringComparer.Ordinal);
            foreach (var tool in _state.Tools.OrderBy(static tool => tool.Name, StringComparer.Ordinal))
            {
                var name = McpNames.Tool(Spec.Name, tool.Name);
                yield return new McpTool(this, tool, taken.Add(name) ? name : McpNames.Another(name, tool.Name));
            }
        }
    }

    /// <summary>Set when somebody ends it on purpose: a sentence for whoever still waits for an answer.</summary>
    public string? WhoEnds { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _settled.TrySetResult();
        _closing.Dispose();
        Become(_state with { Connection = null, RestartsAt = null }, $"It was ended. {WhoEnds}".TrimEnd());
    }

    private async Task RunAsync()
    {
        for (var failures = 0; !_closing.IsCancellationRequested; )
        {
            var since = _time.GetTimestamp();
            Become(_state with { IsTried = true, RestartsAt = null }, $"It is started: {Spec.What}");
            var (reason, isFinal) = await ServeAsync();
            if (_closing.IsCancellationRequested)
            {
                return;
            }

            failures = _state.HasServed && _time.GetElapsedTime(since) >= Steady ? 1 : failures + 1;
            var givenUp = isFinal || failures > MostRestarts;
            var wait = TimeSpan.FromSeconds(1 << (failures - 1));
            Become(
                _state with
                {
                    Connection = null,
                    Ended = reason,
                    IsTried = false,
                    IsGivenUp = givenUp,
                    RestartsAt = givenUp ? null : _time.GetUtcNow() + wait,
                },
                givenUp ? $"It has ended, and is not started again: {reason}." : $"It has ended: {reason}."
            );
            _settled.TrySetResult();
            _log.LogWarning("MCP server {Server} ended ({Failures} in a row): {Reason}", Spec.Name, failures, reason);
            if (givenUp)
            {
                return;
            }

            await Task.Delay(wait, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Why it does not serve any more, and whether another attempt would only ask the user again.</returns>
    private async Task<(string Reason, bool IsFinal)> ServeAsync()
    {
        var errors = new ErrorTail(_said.Said);
        McpConnection? connection = null;
        try
        {
            connection = await ConnectAsync(errors);
            using var serving = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            var listening = connection.ListenAsync(serving.Token);
            await WatchAsync(connection);
            await serving.CancelAsync();
            await listening;
            return (Explain(await connection.EndAsync() ?? "the connection was closed", errors), false);
        }
        catch (Exception error) when (McpFailure.Covers(error))
        {
            return (Explain(McpFailure.Describe(error), errors), SignInException.In(error) is not null);
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private async Task<McpConnection> ConnectAsync(ErrorTail errors)
    {
        using var patience = new Patience(Spec.StartTimeout, _time, _closing.Token);
        McpConnection? connection = null;
        try
        {
            connection = await _open(errors, Options(), patience);
            await ReadListsAsync(connection, patience.Token);
            return connection;
        }
        catch (Exception error) when (McpFailure.Covers(error))
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            throw patience.IsOver
                ? new TimeoutException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"it was not ready within {Spec.StartTimeout.TotalSeconds:0.#} s"
                    )
                )
                : error;
        }
    }

    private async Task WatchAsync(McpConnection connection)
    {
        while (true)
        {
            var changed = _listChanged.Reader.WaitToReadAsync(_closing.Token).AsTask();
            if (await Task.WhenAny(connection.Ended, changed) != changed)
            {
                return;
            }

            await changed;
            while (_listChanged.Reader.TryRead(out _)) { }

            await ReadListsAsync(connection, _closing.Token);
        }
    }

    private async Task ReadListsAsync(McpConnection connection, CancellationToken cancellationToken)
    {
        var offered = await connection.ReadListsAsync(cancellationToken);
        Become(
            offered with
            {
                Connection = connection,
                HasServed = true,
            },
            $"It is ready, with {offered.Tools.Length} tools."
        );
        _settled.TrySetResult();
        _log.LogInformation(
            "MCP server {Server} offers {Count} tools, {Prompts} prompts, {Resources} resources",
            Spec.Name,
            offered.Tools.Length,
            offered.Prompts.Length,
            offered.Resources.Length
        );
    }

    private void Become(ServerState state, string notice)
    {
        _state = state;
        _said.Note(notice);
        _changes.OfServers();
    }

    private McpClientOptions Options() =>
        new()
        {
            ClientInfo = new Implementation { Name = "sage", Version = "1" },
            // Where the user can have to sign in first, time is ours to count.
            InitializationTimeout = Spec.Entry.Url is null ? Spec.StartTimeout : NoLimit,
            DiscoverProbeTimeout = Spec.Entry.Url is null
                ? new McpClientOptions().DiscoverProbeTimeout
                : Timeout.InfiniteTimeSpan,
            TimeProvider = _time,
            Capabilities = new ClientCapabilities
            {
                Elicitation = new ElicitationCapability
                {
                    Form = new FormElicitationCapability(),
                    Url = new UrlElicitationCapability(),
                },
            },
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = Elicitation.AnswerAsync,
                NotificationHandlers =
                [
                    new(NotificationMethods.ToolListChangedNotification, ListChanged),
                    new(NotificationMethods.PromptListChangedNotification, ListChanged),
                    new(NotificationMethods.ResourceListChangedNotification, ListChanged),
                ],
            },
        };

    private ValueTask ListChanged(JsonRpcNotification notification, CancellationToken cancellationToken)
    {
        _listChanged.Writer.TryWrite(true);
        return ValueTask.CompletedTask;
    }

    private static string Explain(string what, ErrorTail errors) =>
        errors.LastLine is { Length: > 0 } said ? $"{what}. It said: {said}" : what;
}
