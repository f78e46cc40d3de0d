using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Storage.Settings;

/// <summary>What <c>settings.json</c> says of the web. Only the user's own: a project does not decide where a model may go.</summary>
internal sealed class WebSettingsFile(SettingsFile file) : IWebSettings
{
    public WebSettings Read()
    {
        try
        {
            return Of(file.Read().Web);
        }
        catch (SageException)
        {
            // Whoever starts a turn says so; until it is mended, nothing is allowed that is not so by itself.
            return WebSettings.None;
        }
    }

    private static WebSettings Of(WebConfiguration? web) =>
        new(
            Given(web?.AllowPrivateHosts),
            Given(web?.TrustedHosts),
            web?.Search is { } search ? new SearchEndpoint(search.Provider, search.Url, search.KeyEnvironment) : null
        );

    private static ImmutableArray<string> Given(ImmutableArray<string>? hosts) =>
        hosts is { IsDefault: false } given ? given : [];
}
