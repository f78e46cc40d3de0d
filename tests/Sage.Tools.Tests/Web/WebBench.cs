using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls;
using Sage.TestKit.Fakes;
using Sage.TestKit.Web;
using Sage.Tools.Web;
using Sage.Tools.Web.Guarding;

namespace Sage.Tools.Tests.Web;

/// <summary><c>fetch_url</c> with a site on this computer, and names that lead where a test says.</summary>
internal sealed class WebBench : IAsyncDisposable
{
    private readonly ToolBench _bench = new();

    public WebBench()
    {
        Settings.Settings = WebSettings.None with { AllowPrivateHosts = [Site.Site, $"site.test:{Site.Port}"] };
        Tool = new FetchUrlTool(
            new Lazy<WebFetcher>(() => new WebFetcher(ResolveAsync, Proxy, "Sage/1.2.3")),
            Settings,
            Time
        );
    }

    public ScriptedSite Site { get; } = new();

    public FixedWebSettings Settings { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public WebProxy Proxy { get; } = new();

    public FetchUrlTool Tool { get; }

    /// <summary>Where names lead, one answer after the other; the last one stays.</summary>
    public Dictionary<string, Queue<IPAddress[]>> Names { get; } = [];

    public List<string> Resolved { get; } = [];

    public PreparedCall Prepare(string url) => _bench.Accept(Tool, $$"""{"url":"{{url}}"}""");

    public string Reject(string url) => _bench.Reject(Tool, $$"""{"url":"{{url}}"}""");

    /// <summary>As the pipeline does: first what is known before anybody is asked.</summary>
    public async Task<ToolResult> FetchAsync(string url)
    {
        var call = Prepare(url);
        var preflight = await call.PreflightAsync!(CancellationToken.None);
        return preflight.Error ?? await call.RunAsync(CancellationToken.None);
    }

    /// <summary>With a question about the page, which is answered as a test says.</summary>
    public Task<ToolResult> AskAsync(string url, string prompt, Func<SideQuestion, SideAnswer> answer)
    {
        var context = _bench.Context() with { AskBeside = (question, _) => Task.FromResult(answer(question)) };
        var input = JsonSerializer.Serialize(new { url, prompt });
        return _bench.Accept(Tool, input, context).RunAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _bench.Dispose();
    }

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Resolved.Add(host);
        var answers =
            Names.GetValueOrDefault(host)
            ?? new Queue<IPAddress[]>([
                [IPAddress.Loopback],
            ]);
        return Task.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek());
    }
}
