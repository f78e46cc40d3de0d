using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sage.Providers.OpenAI;

/// <summary>One chunk of a streamed chat completion, as the vendor and its imitators write it: everything may be missing.</summary>
internal sealed class ChatChunk
{
    public string? Id { get; set; }
    public string? Model { get; set; }
    public List<ChunkChoice>? Choices { get; set; }
    public ChunkUsage? Usage { get; set; }
    public JsonElement? Error { get; set; }
}

internal sealed class ChunkChoice
{
    public ChunkDelta? Delta { get; set; }
    public string? FinishReason { get; set; }
}

internal sealed class ChunkDelta
{
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Content { get; set; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? Refusal { get; set; }

    /// <summary>DeepSeek, Moonshot, Z.AI, vLLM, llama.cpp.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? ReasoningContent { get; set; }

    /// <summary>OpenRouter, Ollama, Groq.</summary>
    [JsonConverter(typeof(LenientTextConverter))]
    public string? Reasoning { get; set; }

    public List<ChunkToolCall>? ToolCalls { get; set; }
}

internal sealed class ChunkToolCall
{
    public int? Index { get; set; }
    public string? Id { get; set; }
    public ChunkFunction? Function { get; set; }

    /// <summary>Google's signature of a call.</summary>
    public JsonElement? ExtraContent { get; set; }
}

internal sealed class ChunkFunction
{
    public string? Name { get; set; }

    [JsonConverter(typeof(LenientTextConverter))]
    public string? Arguments { get; set; }
}

internal sealed class ChunkUsage
{
    public long? PromptTokens { get; set; }
    public long? CompletionTokens { get; set; }
    public ChunkPromptDetails? PromptTokensDetails { get; set; }
    public ChunkCompletionDetails? CompletionTokensDetails { get; set; }

    /// <summary>DeepSeek's own field.</summary>
    public long? PromptCacheHitTokens { get; set; }
}

internal sealed class ChunkPromptDetails
{
    public long? CachedTokens { get; set; }
}

internal sealed class ChunkCompletionDetails
{
    public long? ReasoningTokens { get; set; }
}

/// <summary>Reads text that some servers send as content parts or as a JSON object.</summary>
internal sealed class LenientTextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
        {
            return reader.GetString();
        }
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? TextOf(document.RootElement)
            : document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    private static string TextOf(JsonElement parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            if (
                part.ValueKind == JsonValueKind.Object
                && part.TryGetProperty("text", out var piece)
                && piece.ValueKind == JsonValueKind.String
            )
            {
                text.Append(piece.GetString());
            }
        }
        return text.ToString();
    }
}

/// <summary>Source-generated JSON of the chunks.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(ChatChunk))]
internal sealed partial class ChunkJson : JsonSerializerContext;
