using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Sage.TestKit;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd;

/// <summary>What <c>SAGE_OTLP_ENDPOINT</c> sends to a collector, seen from the collector.</summary>
[Trait("Category", "EndToEnd")]
public sealed class TelemetryTests
{
    private const string Private = "nobody-else-reads-this";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_turn_reaches_the_collector_in_names_and_numbers()
    {
        using var collector = new Collector();

        await RunAsync(collector.Url, timeout: Patience);

        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Bodies.Keys.Order());
        var (traces, metrics) = (collector.Bodies["/v1/traces"], collector.Bodies["/v1/metrics"]);
        Assert.All(
            ["invoke_agent sage", "chat scripted-model", "execute_tool read_file", "service.name"],
            name => Assert.Contains(name, traces, StringComparison.Ordinal)
        );
        Assert.All(
            ["sage.turn.duration", "gen_ai.client.token.usage", "sage.tool_call.duration"],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal)
        );
        Assert.All(
            [Private, "a-key-for-tests", Environment.MachineName],
            words => Assert.DoesNotContain(words, traces + metrics, StringComparison.Ordinal)
        );
    }

    [Fact]
    public Task A_collector_that_is_not_there_changes_nothing() => RunAsync("http://127.0.0.1:9");

    [Fact]
    public Task An_address_that_is_none_changes_nothing() => RunAsync("not an address");

    private static async Task RunAsync(string collector, TimeSpan? timeout = null)
    {
        await using var model = await ScriptedModelServer.StartAsync();
        using var home = new TempFolder();
        using var folder = new TempFolder();
        folder.Write("file.txt", Private);
        model.Reply(r => r.Text(Private).ToolCall("read_file", new { path = "file.txt" }));
        model.Reply(r => r.Text("done"));
        var start = SageBinary.Start(
            home.Root,
            "exec",
            "--cwd",
            folder.Root,
            "--provider",
            "openai",
            "--base-url",
            model.OpenAIUrl,
            "--model",
            "scripted-model",
            Private
        );
        start.Environment["SAGE_API_KEY"] = "a-key-for-tests";
        start.Environment["SAGE_OTLP_ENDPOINT"] = collector;
        if (timeout is { TotalMilliseconds: var wait })
        {
            start.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = wait.ToString(CultureInfo.InvariantCulture);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

        await process.WaitForExitAsync().WaitAsync(2 * Patience);

        Assert.Equal((0, 2), (process.ExitCode, model.ModelRequests.Count));
        Assert.Contains("done", await output, StringComparison.Ordinal);
        Assert.DoesNotContain("OTLP", await error, StringComparison.Ordinal);
        Assert.DoesNotContain(model.ModelRequests, request => request.Headers.ContainsKey("traceparent"));
    }

    /// <summary>Takes what is sent to it; protobuf keeps text readable.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener;

        public Collector()
        {
            (_listener, Url) = Listen();
            _ = Task.Run(ListenAsync);
        }

        public string Url { get; }

        public Dictionary<string, string> Bodies { get; } = [];

        public void Dispose() => _listener.Close();

        private async Task ListenAsync()
        {
            try
            {
                while (true)
                {
                    var request = await _listener.GetContextAsync();
                    using var reader = new StreamReader(request.Request.InputStream, Encoding.Latin1);
                    var path = request.Request.Url!.AbsolutePath;
                    Bodies[path] = Bodies.GetValueOrDefault(path) + await reader.ReadToEndAsync();
                    request.Response.Close();
                }
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        /// <summary>The port that was free may be taken a moment later.</summary>
        private static (HttpListener Listener, string Url) Listen()
        {
            while (true)
            {
                var listener = new HttpListener();
                var url = $"http://127.0.0.1:{FreePort()}";
                listener.Prefixes.Add(url + "/");
                try
                {
                    listener.Start();
                    return (listener, url);
                }
                catch (HttpListenerException)
                {
                    listener.Close();
                }
            }
        }

        private static int FreePort()
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
    }
}
