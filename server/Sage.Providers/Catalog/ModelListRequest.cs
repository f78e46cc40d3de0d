using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Sage.Providers.Failures;
using Sage.Providers.OpenAI;
using Sage.Providers.Streaming;

namespace Sage.Providers.Catalog;

/// <summary>One request for a provider's list of models.</summary>
internal static partial class ModelListRequest
{
    private const int MostOfAnError = 4_096;

    /// <exception cref="RefusedException">The answer was not a success.</exception>
    /// <exception cref="NotAStreamException">The answer is a page, not a list.</exception>
    /// <exception cref="JsonException">The answer is not a list.</exception>
    public static async Task<ImmutableArray<ModelEntry>> SendAsync(
        ProviderHttp http,
        Provider provider,
        string? key,
        CancellationToken cancellationToken
    )
    {
        using var request = Request(provider, key);
        using var response = await http.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        var contentType = response.Content.Headers.ContentType?.MediaType;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var said = await StartOfAsync(body, cancellationToken);
            throw new RefusedException((int)response.StatusCode, said, contentType, retryAfter: null);
        }
        if (contentType is "text/html")
        {
            throw new NotAStreamException(contentType);
        }
        var list = await JsonSerializer.DeserializeAsync(body, ModelListJson.Default.ModelList, cancellationToken);
        return list?.Data is { } data ? Read(data) : throw new JsonException("There is no list of models in it");
    }

    private static async Task<string> StartOfAsync(Stream body, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        var start = new char[MostOfAnError];
        var length = await reader.ReadBlockAsync(start, cancellationToken);
        return new string(start, 0, length);
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
        else if (provider.Dialect.HasFlag(OpenAIDialect.Azure))
        {
            request.Headers.TryAddWithoutValidation("api-key", key ?? "none");
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
                    m.ContextLength ?? m.ContextWindow ?? m.MaxInputTokens ?? m.MaxModelLen,
                    m.Pricing?.PerMillion,
                    m.Architecture?.Abilities(m.SupportedParameters)
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

    public ListedArchitecture? Architecture { get; set; }
    public List<string>? SupportedParameters { get; set; }

    [JsonConverter(typeof(LenientPricing))]
    public ListedPricing? Pricing { get; set; }
}

/// <summary>What goes in and out: what OpenRouter lists.</summary>
internal sealed class ListedArchitecture
{
    public List<string>? InputModalities { get; set; }

    public ModelAbilities? Abilities(List<string>? parameters) =>
        InputModalities is null || parameters is null
            ? null
            : (InputModalities.Contains("image") ? ModelAbilities.Images : ModelAbilities.None)
                | (parameters.Contains("reasoning") ? ModelAbilities.Thinking : ModelAbilities.None);
}

/// <summary>Source-generated JSON of model lists.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class ModelListJson : JsonSerializerContext;
