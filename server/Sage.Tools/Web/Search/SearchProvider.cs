using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sage.Agent.Extensions;

namespace Sage.Tools.Web.Search;

/// <summary>One format of search services: how it is asked, and where its results stand.</summary>
/// <param name="Name">As in the settings.</param>
/// <param name="DefaultUrl">Where it answers; null when everybody runs their own.</param>
/// <param name="DefaultKey">The environment variable that usually holds its key; null when it needs none.</param>
internal sealed record SearchProvider(string Name, string? DefaultUrl, string? DefaultKey)
{
    public const int MostResults = 10;

    private static readonly SearchProvider[] All =
    [
        new("searxng", null, null),
        new("brave", "https://api.search.brave.com/res/v1/web/search", "BRAVE_API_KEY"),
        new("tavily", "https://api.tavily.com/search", "TAVILY_API_KEY"),
    ];

    /// <summary>What the settings name; null when that cannot be asked.</summary>
    public static SearchProvider? Of(SearchEndpoint? endpoint) =>
        endpoint is null || endpoint.KeyEnvironment is { } variable && !IsKeptFromCommands(variable)
            ? null
            : All.FirstOrDefault(provider =>
                provider.Name == endpoint.Provider && provider.AddressOf(endpoint) is not null
            );

    // Variables of this name are taken out of the environment of every command.
    private static bool IsKeptFromCommands(string variable) =>
        variable.EndsWith("_API_KEY", StringComparison.OrdinalIgnoreCase);

    /// <summary>The variable that holds its key; null when it needs none.</summary>
    public string? KeyVariable(SearchEndpoint endpoint) => endpoint.KeyEnvironment ?? DefaultKey;

    public Uri? AddressOf(SearchEndpoint endpoint) =>
        Uri.TryCreate(endpoint.Url ?? DefaultUrl, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? address
            : null;

    public HttpRequestMessage Request(SearchEndpoint endpoint, string? key, string query)
    {
        var address = AddressOf(endpoint)!;
        var words = Uri.EscapeDataString(query);
        var request = Name switch
        {
            "searxng" => new HttpRequestMessage(
                HttpMethod.Get,
                new Uri($"{SearchPath(address)}?q={words}&format=json")
            ),
            "brave" => new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(string.Create(CultureInfo.InvariantCulture, $"{address}?q={words}&count={MostResults}"))
            ),
            _ => new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new StringContent(
                    JsonSerializer.Serialize(new TavilyRequest(query, MostResults), SearchJson.Default.TavilyRequest),
                    Encoding.UTF8,
                    "application/json"
                ),
            },
        };
        if (key is not null && Name == "brave")
        {
            request.Headers.TryAddWithoutValidation("X-Subscription-Token", key);
        }
        else if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    /// <exception cref="JsonException">It is not an answer of this format.</exception>
    public IReadOnlyList<SearchResult> Read(ReadOnlySpan<byte> answer)
    {
        IReadOnlyList<SearchResult>? results =
            Name == "brave"
                ? JsonSerializer.Deserialize(answer, SearchJson.Default.BraveAnswer)?.Results()
                : JsonSerializer.Deserialize(answer, SearchJson.Default.SearchAnswer)?.Results;
        return results ?? throw new JsonException("There are no results in it.");
    }

    private static string SearchPath(Uri address)
    {
        var place = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return place.EndsWith("/search", StringComparison.Ordinal) ? place : place + "/search";
    }
}
