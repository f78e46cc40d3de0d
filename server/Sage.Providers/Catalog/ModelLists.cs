using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Sage.Providers.Streaming;

namespace Sage.Providers.Catalog;

/// <summary>Asks providers which models they have. An answer is kept for a while; a failure is only an empty list.</summary>
internal sealed partial class ModelLists(ProviderHttp http, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FreshnessOfFailure = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private sealed record Entry(ImmutableArray<ModelEntry>? Models, DateTimeOffset Until);

    /// <returns>Null when the provider did not answer in time, or not with a list.</returns>
    public async Task<ImmutableArray<ModelEntry>?> GetAsync(
        Provider provider,
        string? key,
        TimeSpan budget,
        CancellationToken cancellationToken
    )
    {
        var id = $"{provider.Id} {provider.BaseUrl}";
        var now = time.GetUtcNow();
        if (_entries.TryGetValue(id, out var entry) && entry.Until > now)
        {
            return entry.Models;
        }
        var models = await AskAsync(provider, key, budget, cancellationToken);
        _entries[id] = new Entry(models, now + (models is null ? FreshnessOfFailure : Freshness));
        return models;
    }

    /// <summary>A model of a list we have, without asking.</summary>
    public ModelEntry? Find(Provider provider, string model) =>
        _entries.TryGetValue($"{provider.Id} {provider.BaseUrl}", out var entry)
            ? entry.Models?.FirstOrDefault(m => m.Id == model)
            : null;

    public void Forget() => _entries.Clear();

    private async Task<ImmutableArray<ModelEntry>?> AskAsync(
        Provider provider,
        string? key,
        TimeSpan budget,
        CancellationToken cancellationToken
    )
    {
        if (!provider.ListsModels)
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(provider, key);
            using var response = await http.Client.SendAsync(request, both.Token);
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }
            await using var body = await response.Content.ReadAsStreamAsync(both.Token);
            var list = await JsonSerializer.DeserializeAsync(body, ModelListJson.Default.ModelList, both.Token);
            return list?.Data is { } data ? Read(data) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException or JsonException or UriFormatException)
        {
            return null;
        }
    }

    private static HttpRequestMessage Request(Provider provider, string? key)
    {
        var anthropic = provider.Format == EndpointFormat.Anthropic;
        var path = anthropic ? "/v1/models?limit=1000" : "/models";
        var request = new HttpRequestMessage(HttpMethod.Get, provider.BaseUrl!.TrimEnd('/') + path);
        if (anthropic)
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
            request.Headers.TryAddWithoutValidation("x-api-key", key ?? "none");
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key ?? "none"}");
        }
        return request;
    }

    private static ImmutableArray<ModelEntry> Read(List<ListedModel> data) =>
        [
            .. data.Where(m => !string.IsNullOrEmpty(m.Id) && !DoesSomethingElse().IsMatch(m.Id))
                // Google lists its models as "models/gemini-…".
                .Select(m => new ModelEntry(
                    m.Id!.StartsWith("models/", StringComparison.Ordinal) ? m.Id["models/".Length..] : m.Id,
                    m.DisplayName ?? m.Name,
                    m.ContextLength ?? m.ContextWindow ?? m.MaxInputTokens ?? m.MaxModelLen
                ))
                .OrderBy(m => m.Id, StringComparer.Ordinal),
        ];

    /// <summary>Lists hold models for sound, pictures and vectors, too.</summary>
    [GeneratedRegex(
        "embed|whisper|tts|audio|realtime|image|imagen|veo|sora|dall-e|moderation|transcribe|rerank|guard|ocr|voxtral|davinci|babbage",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex DoesSomethingElse();
}

internal sealed class ModelList
{
    public List<ListedModel>? Data { get; set; }
}

internal sealed class ListedModel
{
    public string? Id { get; set; }
    public string? Name { get; set; }
    public string? DisplayName { get; set; }
    public int? ContextLength { get; set; }
    public int? ContextWindow { get; set; }
    public int? MaxInputTokens { get; set; }
    public int? MaxModelLen { get; set; }
}

/// <summary>Source-generated JSON of model lists.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class ModelListJson : JsonSerializerContext;
