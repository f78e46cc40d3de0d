using Sage.Agent.Extensions;

namespace Sage.TestKit.Fakes;

/// <summary>What a test has set about the web.</summary>
public sealed class FixedWebSettings(SearchEndpoint? search = null) : IWebSettings
{
    public WebSettings Settings { get; set; } = WebSettings.None with { Search = search };

    public WebSettings Read() => Settings;
}
