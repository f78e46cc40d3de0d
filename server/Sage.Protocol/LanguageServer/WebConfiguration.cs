using System.Collections.Immutable;

namespace Sage.Protocol.LanguageServer;

/// <summary>The web, as far as the model may reach it. Read from the user's own file only.</summary>
/// <param name="AllowPrivateHosts">Hosts of the user's own network that may be fetched, each with its port: <c>localhost:3000</c>.</param>
/// <param name="TrustedHosts">Hosts whose pages raise no questions: <c>learn.example.com</c>, <c>*.example.com</c>.</param>
/// <param name="Search">Where searches go; absent, there is no search.</param>
public sealed record WebConfiguration(
    ImmutableArray<string>? AllowPrivateHosts = null,
    ImmutableArray<string>? TrustedHosts = null,
    WebSearchConfiguration? Search = null
);

/// <summary>A search service.</summary>
/// <param name="Provider"><c>searxng</c>, <c>brave</c> or <c>tavily</c>.</param>
/// <param name="Url">Where it answers, when it is not the usual place; SearXNG has none.</param>
/// <param name="KeyEnvironment">The environment variable that holds its key, whose name ends in <c>_API_KEY</c>; else <c>BRAVE_API_KEY</c> or <c>TAVILY_API_KEY</c>.</param>
public sealed record WebSearchConfiguration(string Provider, string? Url = null, string? KeyEnvironment = null);
