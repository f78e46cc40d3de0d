using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Protocol.LanguageModels;

namespace Sage.Providers.Catalog;

/// <summary>US dollars for one token each, as text: what OpenRouter lists.</summary>
internal sealed record ListedPricing(
    string? Prompt = null,
    string? Completion = null,
    string? InputCacheRead = null,
    string? InputCacheWrite = null
)
{
    private const decimal Million = 1_000_000;

    public ModelPrice? PerMillion =>
        Read(Prompt) is { } input && Read(Completion) is { } output
            ? new ModelPrice(input, output, Read(InputCacheRead), Read(InputCacheWrite))
            : null;

    // A negative price means that it depends on who answers.
    private static decimal? Read(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && price is >= 0 and < 1
            ? price * Million
            : null;
}

/// <summary>Others list something else under the same name; that is no reason to lose their list.</summary>
internal sealed class LenientPricing : JsonConverter<ListedPricing>
{
    public override ListedPricing? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        var listed = value.RootElement;
        return listed.ValueKind == JsonValueKind.Object
            ? new ListedPricing(
                Text(listed, "prompt"),
                Text(listed, "completion"),
                Text(listed, "input_cache_read"),
                Text(listed, "input_cache_write")
            )
            : null;
    }

    public override void Write(Utf8JsonWriter writer, ListedPricing value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    private static string? Text(JsonElement listed, string name) =>
        listed.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
