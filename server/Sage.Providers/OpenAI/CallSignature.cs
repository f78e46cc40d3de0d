using Microsoft.Extensions.AI;

namespace Sage.Providers.OpenAI;

/// <summary>
/// Carries a provider's signature of a tool call through history, in an empty reasoning block: what is opaque to the agent, and
/// goes back with the call it belongs to.
/// </summary>
internal static class CallSignature
{
    /// <summary>For calls made by other models: Google documents this value for them.</summary>
    public const string Placeholder = """{"google":{"thought_signature":"skip_thought_signature_validator"}}""";

    private const string Mark = "extra_content ";

    public static TextReasoningContent Create(string callId, string signature) =>
        new("") { ProtectedData = $"{Mark}{callId} {signature}" };

    public static string? Find(ChatMessage message, string callId)
    {
        var start = $"{Mark}{callId} ";
        return message
            .Contents.OfType<TextReasoningContent>()
            .Select(r => r.ProtectedData)
            .FirstOrDefault(p => p?.StartsWith(start, StringComparison.Ordinal) == true)
            ?[start.Length..];
    }
}
