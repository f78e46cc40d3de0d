using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sage.TestKit.ScriptedModel;

/// <summary>
/// A language model that says what a test tells it to, over real HTTP: OpenAI Chat Completions and Anthropic Messages, as strict
/// as the vendors about what it receives.
/// </summary>
/// <remarks>
/// <code>
/// await using var server = await ScriptedModelServer.StartAsync();
/// server.Reply(r => r.Text("Reading").ToolCall("read_file", new { path = "a.ts" }));
/// server.Reply(r => r.Text("It is a file."));
/// </code>
/// Replies are given in order, whichever format asks. A request the vendor would refuse is answered 400 in the vendor's shape,
/// noted in <see cref="Violations"/>, and uses up no reply. A request for which nothing is left goes to <see cref="Fallback"/>.
/// </remarks>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly Channel<RecordedRequest> _arrivals = Channel.CreateUnbounded<RecordedRequest>();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentDictionary<string, ScriptedGate> _gates = new();
    private int _number;

    private ScriptedModelServer(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port);
        var transport = new SocketTransportFactory(
            // So that what was flushed is in the socket, and a connection that breaks then breaks behind it.
            Options.Create(new SocketTransportOptions { MaxWriteBufferSize = 1 }),
            NullLoggerFactory.Instance
        );
        _kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    /// <summary><c>http://127.0.0.1:PORT</c>: the base URL of the Anthropic format.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The base URL of the OpenAI format.</summary>
    public string OpenAIUrl => Url + "/v1";

    /// <summary>The only key that is accepted; null accepts any, but not none.</summary>
    public string? ExpectedKey { get; set; }

    /// <summary>What <c>/models</c> lists.</summary>
    public IReadOnlyList<string> Models { get; set; } = ["scripted-model"];

    /// <summary>Answers when the script has nothing (left) for a request.</summary>
    public Func<RecordedRequest, ScriptedReply>? Fallback { get; set; }

    /// <summary>Every request so far, in order of arrival.</summary>
    public IReadOnlyCollection<RecordedRequest> Requests => _requests;

    /// <summary>The model requests so far: not the lists of models, not control requests.</summary>
    public IReadOnlyList<RecordedRequest> ModelRequests =>
        _requests.Where(r => r.Format != WireFormat.None && r.Method == "POST").ToArray();

    /// <summary>What the vendor would have refused, one sentence each.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>How many replies are left (repeating ones included).</summary>
    public int RepliesLeft => Script.Count;

    internal ModelScript Script { get; } = new();

    public static async Task<ScriptedModelServer> StartAsync(int port = 0)
    {
        var server = new ScriptedModelServer(port);
        await server._kestrel.StartAsync(new ScriptedModelApplication(server), CancellationToken.None);
        server.Url = server._kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.Single().TrimEnd('/');
        return server;
    }

    /// <summary>The next reply.</summary>
    public ScriptedModelServer Reply(Action<ScriptedReply> build) => Add(when: null, repeats: false, Build(build));

    /// <summary>The next reply, made from the request it answers.</summary>
    public ScriptedModelServer Reply(Action<ScriptedReply, RecordedRequest> build) =>
        Add(when: null, repeats: false, request => Build(r => build(r, request))(request));

    /// <summary>A reply to the first request whose last user message or newest tool results contain <paramref name="cue"/>.</summary>
    public ScriptedModelServer When(string cue, Action<ScriptedReply> build) => Add(cue, repeats: false, Build(build));

    /// <summary>Like <see cref="When"/>, for every such request.</summary>
    public ScriptedModelServer Always(string? cue, Action<ScriptedReply> build) =>
        Add(cue, repeats: true, Build(build));

    /// <summary>The gate of this name; the same one each time.</summary>
    public ScriptedGate Gate(string name = "gate") => _gates.GetOrAdd(name, n => new ScriptedGate(n));

    /// <summary>Waits for the next model request that nobody has waited for yet.</summary>
    /// <param name="timeout">30 s when null; passing it fails the test instead of hanging it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<RecordedRequest> NextRequestAsync(
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    ) =>
        await _arrivals
            .Reader.ReadAsync(cancellationToken)
            .AsTask()
            .WaitAsync(timeout ?? TimeSpan.FromSeconds(30), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _kestrel.StopAsync(now.Token);
        _kestrel.Dispose();
    }

    internal int NextNumber() => Interlocked.Increment(ref _number);

    internal void Record(RecordedRequest request)
    {
        _requests.Enqueue(request);
        if (request is { Method: "POST", Format: not WireFormat.None })
        {
            _arrivals.Writer.TryWrite(request);
        }
    }

    internal void Violation(string text) => _violations.Enqueue(text);

    /// <summary>Forgets the script and the gates that are already open.</summary>
    public void Clear()
    {
        Script.Clear();
        Fallback = null;
        _gates.Clear();
    }

    internal ScriptedModelServer Add(string? when, bool repeats, Func<RecordedRequest, ScriptedReply> reply)
    {
        Script.Add(when, repeats, reply);
        return this;
    }

    private static Func<RecordedRequest, ScriptedReply> Build(Action<ScriptedReply> build) =>
        _ =>
        {
            var reply = new ScriptedReply();
            build(reply);
            return reply;
        };
}
