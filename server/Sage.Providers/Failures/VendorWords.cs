using System.Text.Json;

namespace Sage.Providers.Failures;

/// <summary>What a provider's error says.</summary>
/// <param name="Kind">Its code or type: <c>context_length_exceeded</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="IsFromVendor">False when the answer has no error shape we know, so may come from something in between.</param>
internal sealed record VendorWords(string Kind, string Message, bool IsFromVendor = true)
{
    public static VendorWords None { get; } = new("", "", IsFromVendor: false);

    /// <summary>
    /// Finds the words in <c>{"error": {...}}</c> (OpenAI, Anthropic, most others), <c>{"error": "..."}</c> (Ollama),
    /// <c>[{"error": ...}]</c> (Google), <c>{"message": ...}</c> (Mistral) and <c>{"detail": ...}</c> (FastAPI servers).
    /// </summary>
    public static VendorWords Read(JsonElement root)
    {
        if (root is { ValueKind: JsonValueKind.Array } && root.GetArrayLength() > 0)
        {
            return Read(root[0]);
        }
        if (root.ValueKind != JsonValueKind.Object)
        {
            return None;
        }
        if (root.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null)
        {
            return error.ValueKind == JsonValueKind.Object ? ReadObject(error) : new VendorWords("", Text(error));
        }
        return root.TryGetProperty("message", out _) || root.TryGetProperty("detail", out _) ? ReadObject(root) : None;
    }

    private static VendorWords ReadObject(JsonElement error)
    {
        var code = Property(error, "code");
        var kind = code.Length > 0 ? code : Property(error, "type");
        var message = Property(error, "message");
        return new VendorWords(kind, message.Length > 0 ? message : Property(error, "detail"));
    }

    private static string Property(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? Text(value) : "";

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "",
            _ => value.GetRawText(),
        };
}

/// <summary>Recognises “your conversation is too long” in each vendor's words.</summary>
internal static class ContextOverflow
{
    private static readonly string[] Kinds =
    [
        "context_length_exceeded",
        "request_too_large",
        "string_above_max_length",
    ];

    private static readonly string[] Phrases =
    [
        "prompt is too long", // Anthropic
        "exceed context limit", // Anthropic, with max_tokens
        "context length", // OpenAI, vLLM, DeepSeek, OpenRouter, LM Studio
        "context window", // OpenAI Responses, xAI, Groq
        "context size", // llama.cpp
        "input token count", // Google
        "exceeds the maximum number of tokens", // Google
        "too many tokens", // Mistral
        "too large for model", // Mistral: "Prompt contains N tokens ... too large for model with N maximum context length"
        "maximum prompt length", // xAI
        "reduce the length of the messages", // Groq, OpenAI
        "token limit", // Moonshot: "exceeded model token limit"
        "max_seq_len", // SGLang, TGI
        "prompt exceeds max length", // Z.AI
        "request exceeds the maximum size", // Anthropic, 413
    ];

    public static bool IsMeant(VendorWords said) =>
        Kinds.Contains(said.Kind) || Phrases.Any(p => said.Message.Contains(p, StringComparison.OrdinalIgnoreCase));
}
