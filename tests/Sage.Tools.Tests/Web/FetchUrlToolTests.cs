using System.IO.Compression;
using System.Net;
using System.Text;
using Sage.Agent.Permissions;
using Sage.Protocol.Events;
using Sage.Tools.Web;

namespace Sage.Tools.Tests.Web;

public sealed class FetchUrlToolTests : IAsyncLifetime
{
    private readonly WebBench _bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_page_comes_as_Markdown_from_outside()
    {
        _bench.Site.Page("/a", "<title>Guide</title><h1>Start</h1><p>Read <a href='b?c=1'>on</a>.");

        var result = await _bench.FetchAsync(_bench.Site.UrlOf("/a"));

        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.Equal(_bench.Site.UrlOf("/a"), result.Outside!.Source);
        Assert.Equal($"Title: Guide\n\n# Start\n\nRead [on]({_bench.Site.UrlOf("/b?c=1")}).", result.Outside.Text);
        Assert.DoesNotContain("Guide", result.Text, StringComparison.Ordinal);
        Assert.Contains("User-Agent: Sage/1.2.3\r\n", Assert.Single(_bench.Site.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_about_the_host_and_the_prompt_shows_the_whole_address()
    {
        var call = _bench.Prepare("https://docs.Example.com/a?secret=1#x");

        Assert.Equal("fetch_url(docs.example.com)", call.Permission.Rule);
        Assert.Equal(PermissionKind.Execute, call.Permission.Kind);
        Assert.Equal("Fetch https://docs.example.com/a?secret=1#x", call.Title);
        var rule = PermissionRule.TryParse("fetch_url(*.example.com)", RuleEffect.Allow, new(RuleSourceKind.User))!;
        Assert.True(rule.Covers(call.Permission, call.Permission.Parts[0]));
        Assert.Equal(Agent.ToolCalls.ResourceAccess.None, call.Access);
    }

    [Fact]
    public async Task What_is_not_public_is_refused_before_anybody_is_asked()
    {
        var result = await _bench.FetchAsync("http://169.254.169.254/latest/meta-data/");

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("link-local or metadata address", result.Text, StringComparison.Ordinal);
        Assert.Contains("web.allowPrivateHosts", result.Text, StringComparison.Ordinal);
        Assert.Contains("unusual form", _bench.Reject("http://0x7f.1/"), StringComparison.Ordinal);
        Assert.Empty(_bench.Resolved);
    }

    [Fact]
    public async Task A_public_name_that_leads_into_the_own_network_is_not_asked()
    {
        _bench.Names["evil.example"] = new([
            [IPAddress.Parse("93.184.216.34"), IPAddress.Parse("10.0.0.1")],
        ]);

        var result = await _bench.FetchAsync("http://evil.example/");

        Assert.Contains("evil.example leads to 10.0.0.1, a private address", result.Text, StringComparison.Ordinal);
        Assert.Empty(_bench.Site.Requests);
    }

    /// <summary>The second answer would be another: nobody asks for it.</summary>
    [Fact]
    public async Task A_name_is_resolved_once_and_the_connection_goes_there()
    {
        _bench.Site.Page("/", "<p>Here.");
        _bench.Names["site.test"] = new([
            [IPAddress.Loopback],
            [IPAddress.Parse("192.0.2.1")],
        ]);

        var result = await _bench.FetchAsync($"http://site.test:{_bench.Site.Port}/");

        Assert.Equal("Here.", result.Outside?.Text);
        Assert.Equal(["site.test"], _bench.Resolved);
        Assert.Contains(
            $"Host: site.test:{_bench.Site.Port}\r\n",
            _bench.Site.Requests.Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_redirect_on_the_same_host_is_followed_and_said()
    {
        _bench
            .Site.Redirect("/a", "/b", 301)
            .Redirect("/b", _bench.Site.UrlOf("/c"), 308)
            .Page("/c", "There.", "text/plain");

        var result = await _bench.FetchAsync(_bench.Site.UrlOf("/a"));

        Assert.Equal((_bench.Site.UrlOf("/c"), "There."), (result.Outside!.Source, result.Outside.Text));
        Assert.Contains($"to which {_bench.Site.UrlOf("/a")} redirects", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_named_and_not_followed()
    {
        _bench.Site.Redirect("/a", $"http://site.test:{_bench.Site.Port}/b").Page("/b", "no");

        var result = await _bench.FetchAsync(_bench.Site.UrlOf("/a"));

        Assert.Null(result.Outside);
        Assert.EndsWith($"fetch http://site.test:{_bench.Site.Port}/b", result.Text, StringComparison.Ordinal);
        Assert.Single(_bench.Site.Requests);
    }

    [Theory]
    [InlineData("http://user@127.0.0.1/", "is refused")]
    [InlineData("file:///etc/passwd", "is refused")]
    [InlineData("gopher://127.0.0.1/", "is refused")]
    public async Task A_redirect_out_of_the_web_is_refused(string location, string why)
    {
        _bench.Site.Redirect("/a", location);

        var result = await _bench.FetchAsync(_bench.Site.UrlOf("/a"));

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains(why, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_come_to_an_end()
    {
        _bench.Site.Redirect("/a", "/a");

        var result = await _bench.FetchAsync(_bench.Site.UrlOf("/a"));

        Assert.Contains("more than 5 times", result.Text, StringComparison.Ordinal);
        Assert.Equal(6, _bench.Site.Requests.Count);
    }

    [Fact]
    public async Task A_packed_page_is_unpacked_up_to_the_limit()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            var blanks = new byte[1024 * 1024];
            Array.Fill(blanks, (byte)'a');
            for (var i = 0; i < 64; i++)
            {
                gzip.Write(blanks);
            }
        }

        _bench.Site.Answer("/bomb", "200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip", packed.ToArray());

        var result = await _bench.FetchAsync(_bench.Site.UrlOf("/bomb"));

        Assert.Equal(WebBody.Most, result.Outside!.Text.Length);
        Assert.Contains("Only its first 10", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/pdf", "%PDF-1.7", "a PDF document")]
    [InlineData("text/html", "%PDF-1.7", "a PDF document")]
    [InlineData("application/octet-stream", "abc\0def", "a binary file")]
    [InlineData("application/zip", "abc", "application/zip")]
    public async Task What_is_no_text_is_said_not_dumped(string type, string body, string name)
    {
        _bench.Site.Page("/x", body, type);

        var result = await _bench.FetchAsync(_bench.Site.UrlOf("/x"));

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains($"It is not text: {name}, ", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "{\"a\": \"<b>\"}")]
    [InlineData("application/vnd.api+json", "[1]")]
    [InlineData("application/xml", "<a><b/></a>")]
    [InlineData("text/markdown", "# Title\n\n* a")]
    public async Task Text_and_JSON_stay_as_they_are(string type, string body)
    {
        _bench.Site.Page("/x", body, type);

        Assert.Equal(body, (await _bench.FetchAsync(_bench.Site.UrlOf("/x"))).Outside!.Text);
    }

    [Theory]
    [InlineData("text/html; charset=windows-1252", "<p>caf\u00E9")]
    [InlineData("text/html; charset=\"iso-8859-1\"", "<p>caf\u00E9")]
    [InlineData("text/html", "<meta charset=latin1><p>caf\u00E9")]
    [InlineData("text/html; charset=nonsense", "<p>caf\u00E9")]
    public async Task An_old_encoding_is_found(string type, string body)
    {
        _bench.Site.Answer("/x", $"200 OK\r\nContent-Type: {type}", Encoding.Latin1.GetBytes(body));

        Assert.Equal("café", (await _bench.FetchAsync(_bench.Site.UrlOf("/x"))).Outside!.Text);
    }

    [Fact]
    public async Task A_mark_at_the_beginning_decides_the_encoding()
    {
        byte[] body = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<p>日本")];
        _bench.Site.Answer("/x", "200 OK\r\nContent-Type: text/html; charset=latin1", body);

        Assert.Equal("日本", (await _bench.FetchAsync(_bench.Site.UrlOf("/x"))).Outside!.Text);
    }

    [Fact]
    public async Task An_error_status_is_an_error_without_the_page()
    {
        var result = await _bench.FetchAsync(_bench.Site.UrlOf("/missing"));

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("status 404 (NotFound)", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_kept_for_a_quarter_of_an_hour()
    {
        _bench.Site.Page("/a", "one", "text/plain");
        await _bench.FetchAsync(_bench.Site.UrlOf("/a"));
        _bench.Site.Page("/a", "two", "text/plain");

        var again = await _bench.FetchAsync(_bench.Site.UrlOf("/a#part"));
        Assert.Equal("one", again.Outside!.Text);
        Assert.Contains("last quarter of an hour", again.Text, StringComparison.Ordinal);
        _bench.Time.Advance(PageCache.Lifetime);
        Assert.Equal("two", (await _bench.FetchAsync(_bench.Site.UrlOf("/a"))).Outside!.Text);
    }

    [Fact]
    public async Task Pages_are_kept_up_to_a_limit()
    {
        for (var i = 0; i <= PageCache.MostPages; i++)
        {
            await _bench.FetchAsync(_bench.Site.Page($"/{i}", "x", "text/plain").UrlOf($"/{i}"));
        }

        await _bench.FetchAsync(_bench.Site.UrlOf("/0"));

        Assert.Equal(PageCache.MostPages + 2, _bench.Site.Requests.Count);
    }

    [Fact]
    public async Task Behind_a_proxy_names_and_numbers_are_looked_at_still()
    {
        _bench.Site.Page("http://public.example/", "Through the proxy.", "text/plain");
        _bench.Proxy.Address = new Uri(_bench.Site.UrlOf("/"));

        Assert.Equal("Through the proxy.", (await _bench.FetchAsync("http://public.example/")).Outside?.Text);
        Assert.Empty(_bench.Resolved);
        Assert.Equal(ToolCallStatus.Error, (await _bench.FetchAsync("http://10.0.0.1/")).Status);
        Assert.Single(_bench.Site.Requests);
    }

    [Fact]
    public async Task A_page_of_a_host_that_the_user_trusts_is_from_outside_but_trusted()
    {
        _bench.Settings.Settings = _bench.Settings.Settings with { TrustedHosts = ["127.0.0.1"] };
        _bench.Site.Page("/a", "x");

        Assert.True((await _bench.FetchAsync(_bench.Site.UrlOf("/a"))).Outside!.IsTrusted);
    }
}
