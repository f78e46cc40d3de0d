using System.Text;
using System.Text.Json;

namespace Sage.Providers.Streaming;

/// <summary>Judges the argument text that models write.</summary>
internal static class JsonArguments
{
    /// <summary>
    /// The arguments as a JSON object. Text that is none becomes an empty object: vendors refuse a history with broken JSON, and
    /// the call's error result tells the model what it wrote.
    /// </summary>
    public static JsonElement AsObject(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : Empty;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    /// <summary>True when the text is one whole JSON value.</summary>
    public static bool IsWhole(string arguments)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments));
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement Empty { get; } = JsonDocument.Parse("{}").RootElement;
}
