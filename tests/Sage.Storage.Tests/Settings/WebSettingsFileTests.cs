using Sage.Agent.Extensions;
using Sage.Storage.Settings;
using Sage.TestKit;

namespace Sage.Storage.Tests.Settings;

public sealed class WebSettingsFileTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void What_the_user_has_set_is_read_anew_each_time()
    {
        Assert.Equal(WebSettings.None, Read());
        _home.Write(
            "settings.json",
            """
            {
              // My own server.
              "web": {
                "allowPrivateHosts": ["localhost:3000"],
                "trustedHosts": ["*.example.com"],
                "search": { "provider": "searxng", "url": "http://localhost:8888" },
              }
            }
            """
        );

        var settings = Read();

        Assert.Equal("localhost:3000", Assert.Single(settings.AllowPrivateHosts));
        Assert.Equal("*.example.com", Assert.Single(settings.TrustedHosts));
        Assert.Equal(new SearchEndpoint("searxng", "http://localhost:8888", null), settings.Search);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "web": { "allowPrivateHosts": "localhost" } }""")]
    [InlineData("""{ "web": { "search": {} } }""")]
    public void A_file_that_cannot_be_read_allows_nothing(string text)
    {
        _home.Write("settings.json", text);

        Assert.Equal(WebSettings.None, Read());
    }

    private WebSettings Read() => new WebSettingsFile(new SettingsFile(new SageHome(_home.Root))).Read();
}
