using Sage.Agent.Extensions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.TestKit.Web;
using Sage.Tools.Web.Search;

namespace Sage.Tools.Tests.Web.Search;

public sealed class WebSearchToolTests : IAsyncLifetime
{
    private const string Two = """
        {"query":"a b","results":[
          {"title":"One","url":"https://one.example/","content":"First words"},
          {"title":"Two","url":"https://two.example/?a=1","content":"","score":0.5}]}
        """;

    private readonly ScriptedSite _site = new();
    private readonly ToolBench _bench = new();
    private readonly FixedWebSettings _settings = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _bench.Dispose();
    }

    [Fact]
    public async Task SearXNG_is_asked_for_JSON_and_needs_no_key()
    {
        _site.Page("/search?q=a%20b%26c&format=json", Two, "application/json");

        var result = await SearchAsync("searxng", _site.UrlOf("/"), "a b&c");

        Assert.Equal("2 results of searxng.", result.Text);
        Assert.Equal("search results for a b&c", result.Outside!.Source);
        Assert.Equal(
            "1. One\n   https://one.example/\n   First words\n2. Two\n   https://two.example/?a=1",
            result.Outside.Text
        );
    }

    [Fact]
    public async Task Brave_is_asked_with_its_header()
    {
        _site.Page(
            "/web?q=a%20b&count=10",
            """{"type":"search","web":{"type":"search","results":[{"title":"A &amp; B","url":"https://a.example/","description":"The <strong>a</strong> of 1 < 2"}]}}""",
            "application/json"
        );

        var result = await SearchAsync("brave", _site.UrlOf("/web"), "a b");

        Assert.Equal("1. A & B\n   https://a.example/\n   The a of 1 < 2", result.Outside!.Text);
        Assert.Contains("X-Subscription-Token: the-key\r\n", _site.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tavily_is_asked_with_a_body_and_a_bearer()
    {
        _site.Page("/search", Two, "application/json");

        var result = await SearchAsync("tavily", _site.UrlOf("/search"), "a \"b\"");

        Assert.Equal("2 results of tavily.", result.Text);
        var request = _site.Requests.Single();
        Assert.StartsWith("POST /search ", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer the-key\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("""{"query":"a \u0022b\u0022","max_results":10}""", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("searxng", "{}")]
    [InlineData("searxng", "[]")]
    [InlineData("searxng", "<html>")]
    [InlineData("searxng", """{"results":[{"title":"no address"}]}""")]
    [InlineData("tavily", """{"web":{"results":[]}}""")]
    [InlineData("brave", """{"results":[]}""")]
    [InlineData("brave", """{"type":"ErrorResponse"}""")]
    public async Task An_answer_in_another_format_is_said(string provider, string answer)
    {
        foreach (var path in (string[])["/search", "/search?q=x&format=json", "/search?q=x&count=10"])
        {
            _site.Page(path, answer, "application/json");
        }

        var result = await SearchAsync(provider, _site.UrlOf("/search"), "x");

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Equal($"What the search service answered is not in the format of {provider}.", result.Text);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_says_so()
    {
        _site.Page("/search?q=x&count=10", """{"type":"search"}""", "application/json");

        Assert.Equal("Nothing was found.", (await SearchAsync("brave", _site.UrlOf("/search"), "x")).Text);
    }

    [Fact]
    public async Task A_refusal_is_an_error_without_the_key()
    {
        _site.Redirect("/search", "https://elsewhere.example/");

        var result = await SearchAsync("tavily", _site.UrlOf("/search"), "x");

        Assert.Equal("The search service answered with status 302 (Found).", result.Text);
        Assert.Single(_site.Requests);
    }

    [Fact]
    public async Task A_missing_key_is_named_by_its_variable()
    {
        _settings.Settings = WebSettings.None with { Search = new SearchEndpoint("brave", null, "MY_API_KEY") };

        var result = await _bench.RunAsync(NewTool(_ => " "), """{"query":"x"}""");

        Assert.Contains("MY_API_KEY", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("searxng", "http://localhost:8888", null, true)]
    [InlineData("searxng", null, null, false)]
    [InlineData("searxng", "ftp://x/", null, false)]
    [InlineData("brave", null, null, true)]
    [InlineData("brave", null, "OTHER_API_KEY", true)]
    [InlineData("brave", null, "HOME", false)]
    [InlineData("google", "https://x.example/", null, false)]
    public void It_is_offered_only_when_it_is_set_up(string provider, string? url, string? variable, bool isOffered)
    {
        _settings.Settings = WebSettings.None with { Search = new SearchEndpoint(provider, url, variable) };

        Assert.Equal(isOffered ? ["web_search"] : [], Offered());
        _settings.Settings = WebSettings.None;
        Assert.Empty(Offered());
    }

    [Fact]
    public void Rules_are_about_the_words()
    {
        var call = _bench.Accept(NewTool(_ => ""), """{"query":" a b "}""");

        Assert.Equal(("web_search(a b)", "web_search"), (call.Permission.Rule, call.Permission.WiderRule));
    }

    private IEnumerable<string> Offered() =>
        new ToolCatalog([NewTool(_ => "")]).Offered.Select(static tool => tool.Name);

    private Task<ToolResult> SearchAsync(string provider, string url, string query)
    {
        _settings.Settings = WebSettings.None with { Search = new SearchEndpoint(provider, url, null) };
        var tool = NewTool(name => name is "BRAVE_API_KEY" or "TAVILY_API_KEY" ? "the-key" : null);
        return _bench.RunAsync(
            tool,
            System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["query"] = query })
        );
    }

    private WebSearchTool NewTool(Func<string, string?> environment) =>
        new(
            new Lazy<HttpMessageInvoker>(() =>
                new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
            ),
            _settings,
            environment
        );
}
