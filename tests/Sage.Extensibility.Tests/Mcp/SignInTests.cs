using Sage.Protocol.Mcp;
using Sage.TestKit.Web;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>Servers that run somewhere, and want to know who calls: a real one on this computer each time.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Token = "access-token-that-is-secret";

    private readonly McpRig _rig = new();
    private ScriptedMcpSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await ScriptedMcpSite.StartAsync(Token);
        _rig.OwnServers = $$"""{ "site": { "url": "{{_site.McpUrl}}" } }""";
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task The_user_signs_in_in_the_browser_and_the_tokens_are_the_editors_to_keep()
    {
        _rig.Editor.Browser = BrowseAsync;

        await _rig.ReadyAsync();

        Assert.Equal("You said: hello", (await _rig.CallAsync("mcp__site__echo", "hello")).Outside!.Text);
        var opened = Assert.Single(_rig.Editor.Opened);
        Assert.Equal(("site", AddressPurpose.SignIn), (opened.Server, opened.Purpose));
        Assert.StartsWith("http://127.0.0.1:", opened.Callback, StringComparison.Ordinal);
        Assert.Equal(
            ["register Sage", "authorize", "token authorization_code"],
            _site.Log.Where(line => line.Split(' ')[0] is "register" or "authorize" or "token")
        );
        var (name, kept) = Assert.Single(_rig.Editor.Secrets);
        Assert.Equal(_site.McpUrl, name);
        Assert.Contains(Token, kept, StringComparison.Ordinal);
        var hidden = _rig.Secrets.Redact($"It is {Token}, and {_site.RefreshToken}.");
        Assert.DoesNotContain("-that-is-secret", hidden, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_signed_in_before_does_not_again_and_a_token_that_holds_no_more_is_refreshed()
    {
        _rig.Editor.Browser = BrowseAsync;
        await _rig.ReadyAsync();
        await using var later = new McpRig { OwnServers = _rig.OwnServers };
        foreach (var (name, value) in _rig.Editor.Secrets)
        {
            later.Editor.Secrets[name] = value;
        }

        _site.AccessToken = "another-token-that-is-secret";
        await later.ReadyAsync();

        Assert.Empty(later.Editor.Opened);
        Assert.Equal("token refresh_token", _site.Log.Last(line => line.StartsWith("token", StringComparison.Ordinal)));
        Assert.Contains("another-token", later.Editor.Secrets[_site.McpUrl], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_of_the_user_is_not_asked_again_by_itself()
    {
        _rig.Read();

        var ended = await _rig.Log.SaidAsync("ended");

        Assert.Contains("it wants to be signed in to, and you did not", ended, StringComparison.Ordinal);
        Assert.Single(_rig.Editor.Opened);
        Assert.True(Assert.Single(_rig.Servers.Running(_rig.Workspace).Servers).State.IsGivenUp);
    }

    [Fact]
    public async Task Without_an_editor_it_is_said_what_to_do()
    {
        _rig.Editor.IsThere = false;
        _rig.Read();

        Assert.Contains(
            "which only the editor can do. Put a token into its headers",
            await _rig.Log.SaidAsync("ended"),
            StringComparison.Ordinal
        );
        Assert.Empty(_rig.Editor.Opened);
    }

    [Fact]
    public async Task A_no_in_the_browser_says_so()
    {
        _rig.Editor.Browser = async (address, token) =>
        {
            var state = System.Web.HttpUtility.ParseQueryString(new Uri(address.Url).Query)["state"];
            using var browser = new HttpClient();
            // Somebody else knocks first.
            var stranger = await browser.GetAsync($"{address.Callback}?code=x&state=guessed", token);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, stranger.StatusCode);
            await browser.GetStringAsync($"{address.Callback}?error=access_denied&state={state}", token);
            return true;
        };
        _rig.Read();

        Assert.Contains(
            "it could not be signed in to: access_denied",
            await _rig.Log.SaidAsync("ended"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_in_the_headers_is_sent_and_nobody_is_asked()
    {
        _rig.OwnServers =
            $$"""{ "site": { "url": "{{_site.McpUrl}}", "headers": { "Authorization": "Bearer {{Token}}" } } }""";

        await _rig.ReadyAsync();

        Assert.Equal($"Bearer {Token}", _site.LastHeaders["Authorization"]);
        Assert.Empty(_rig.Editor.Opened);
    }

    [Fact]
    public async Task A_server_that_has_forgotten_the_session_gets_a_new_one()
    {
        _site.AccessToken = null;
        await _rig.ReadyAsync();
        _site.ForgetSessions();

        await _rig.CallAsync("mcp__site__echo", "lost");
        await _rig.Log.SaidAsync("ended");
        await _rig.Time.PassAsync(TimeSpan.FromSeconds(1));
        await _rig.Log.SaidAsync("offers");

        Assert.Equal("You said: found", (await _rig.CallAsync("mcp__site__echo", "found")).Outside!.Text);
        Assert.Equal("session-2", _site.LastHeaders["Mcp-Session-Id"]);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_headers()
    {
        _site.AccessToken = null;
        _rig.OwnServers =
            $$"""{ "site": { "url": "{{_site.Url}}/moved", "headers": { "Authorization": "Bearer x" } } }""";
        _rig.Read();

        await _rig.Log.SaidAsync("ended");

        Assert.Contains("moved", _site.Log);
        Assert.Empty(_site.LastHeaders);
    }

    /// <summary>A browser whose user agrees to everything.</summary>
    private static async Task<bool> BrowseAsync(OpenAddressParams address, CancellationToken cancellationToken)
    {
        using var browser = new HttpClient();
        var page = await browser.GetStringAsync(address.Url, cancellationToken);
        Assert.Contains("Sage has what it needs", page, StringComparison.Ordinal);
        return true;
    }
}
