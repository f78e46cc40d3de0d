using System.Collections.Immutable;

namespace Sage.Agent.Extensions;

/// <summary>What the user has set about the web; never a project. Port: implemented in Sage.Storage.</summary>
public interface IWebSettings
{
    /// <summary>The settings as they are now. Never throws: what cannot be read is as if it were not set.</summary>
    WebSettings Read();
}

/// <param name="AllowPrivateHosts">Hosts of the user's own network that may be fetched: <c>localhost:3000</c>.</param>
/// <param name="TrustedHosts">Hosts whose pages raise no questions: <c>learn.example.com</c>, <c>*.example.com</c>.</param>
/// <param name="Search">Where searches go; null when there is no such place.</param>
public sealed record WebSettings(
    ImmutableArray<string> AllowPrivateHosts,
    ImmutableArray<string> TrustedHosts,
    SearchEndpoint? Search
)
{
    public static WebSettings None { get; } = new([], [], null);
}

/// <summary>A search service and how it is asked.</summary>
/// <param name="Provider">Whose format it speaks.</param>
/// <param name="Url">Where, when it is not the usual place.</param>
/// <param name="KeyEnvironment">The environment variable that holds its key, ending in <c>_API_KEY</c>; null for the usual one.</param>
public sealed record SearchEndpoint(string Provider, string? Url, string? KeyEnvironment);
