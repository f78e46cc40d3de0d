using System.Text.Json.Serialization;

namespace Sage.Tools.Web.Search;

/// <summary>One place that a search has found.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Content">A few words of it.</param>
internal sealed record SearchResult(string? Title, string Url, string? Content = null);

/// <summary>SearXNG and Tavily answer alike.</summary>
internal sealed record SearchAnswer(IReadOnlyList<SearchResult> Results);

internal sealed record BraveAnswer(string Type, BraveWeb? Web = null)
{
    /// <summary>A search that found nothing on the web has no such part.</summary>
    public IReadOnlyList<SearchResult>? Results() =>
        Type != "search" ? null
        : Web is null ? []
        : [.. Web.Results.Select(static found => new SearchResult(found.Title, found.Url, found.Description))];
}

internal sealed record BraveWeb(IReadOnlyList<BraveResult> Results);

internal sealed record BraveResult(string? Title, string Url, string? Description = null);

internal sealed record TavilyRequest(string Query, [property: JsonPropertyName("max_results")] int MaxResults);

/// <summary>Source-generated JSON of search services: what a format promises has to be there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(BraveAnswer))]
[JsonSerializable(typeof(TavilyRequest))]
internal sealed partial class SearchJson : JsonSerializerContext;
