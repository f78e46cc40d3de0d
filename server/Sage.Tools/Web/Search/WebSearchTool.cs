using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Tools.Schemas;

namespace Sage.Tools.Web.Search;

internal sealed record WebSearchInput(string Query);

/// <summary>Asks the search service that the user has set up; without one there is no such tool.</summary>
/// <param name="client">Follows no redirects: a key would travel with them.</param>
/// <param name="settings">Where searches go.</param>
/// <param name="environment">Reads the variable that holds the key.</param>
internal sealed partial class WebSearchTool(
    Lazy<HttpMessageInvoker> client,
    IWebSettings settings,
    Func<string, string?> environment
)
    : Tool<WebSearchInput>(
        Name,
        "Search the web: titles, links and snippets.",
        ToolInputJson.Default.WebSearchInput,
        TimeSpan.FromSeconds(30)
    ),
        ITool
{
    private const string Name = "web_search";
    private const int LongestQuery = 400;

    public bool IsAvailable => SearchProvider.Of(settings.Read().Search) is not null;

    protected override Preparation PrepareCall(WebSearchInput input, ToolContext context)
    {
        var query = input.Query.Trim();
        return query.Length is 0 or > LongestQuery
            ? new Preparation.Rejected($"`query` must have 1 to {LongestQuery} characters.")
            : new Preparation.Accepted(
                new PreparedCall(
                    $"Search the web for {query}",
                    ResourceAccess.None,
                    new PermissionKey(PermissionKind.Execute, Name, query) { WiderRule = Name },
                    token => RunAsync(query, token)
                )
            );
    }

    private async Task<ToolResult> RunAsync(string query, CancellationToken cancellationToken)
    {
        if (settings.Read().Search is not { } endpoint || SearchProvider.Of(endpoint) is not { } provider)
        {
            return ToolResult.Error("No search service is set up any more (web.search in Sage's settings.json).");
        }

        var variable = provider.KeyVariable(endpoint);
        var key = variable is null ? null : environment(variable);
        if (variable is not null && string.IsNullOrWhiteSpace(key))
        {
            return ToolResult.Error(
                $"The search service needs a key, and the environment variable {variable} holds none."
            );
        }

        try
        {
            using var request = provider.Request(endpoint, key?.Trim(), query);
            using var response = await client.Value.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return ToolResult.Error(
                    $"The search service answered with status {(int)response.StatusCode} ({response.StatusCode})."
                );
            }

            var body = await WebBody.ReadAsync(response.Content, cancellationToken);
            return Show(query, provider, provider.Read(body.Bytes.Span));
        }
        catch (JsonException)
        {
            return ToolResult.Error($"What the search service answered is not in the format of {provider.Name}.");
        }
        catch (Exception error) when (error is HttpRequestException or InvalidDataException)
        {
            return ToolResult.Error($"The search service could not be asked: {error.Message}");
        }
    }

    private static ToolResult Show(string query, SearchProvider provider, IReadOnlyList<SearchResult> results)
    {
        if (results.Count == 0)
        {
            return ToolResult.Ok("Nothing was found.");
        }

        var text = new StringBuilder();
        var number = 0;
        foreach (var found in results.Take(SearchProvider.MostResults))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{++number}. {Line(found.Title, 200)}\n   {Line(found.Url, 1_000)}\n"
            );
            if (Line(found.Content, 500) is { Length: > 0 } words)
            {
                text.Append("   ").Append(words).Append('\n');
            }
        }

        return ToolResult.Ok($"{number} results of {provider.Name}.") with
        {
            Outside = new OutsideText($"search results for {query}", text.ToString().TrimEnd('\n')),
        };
    }

    /// <summary>Words without the marks with which some services show what matched.</summary>
    private static string Line(string? words, int longest)
    {
        var plain = WebUtility.HtmlDecode(Tag().Replace(words ?? "", ""));
        plain = string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return plain.Length <= longest ? plain : plain[..longest] + "…";
    }

    [GeneratedRegex("</?[a-z]{1,10}[^<>]{0,40}>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
