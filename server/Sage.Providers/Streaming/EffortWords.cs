using Microsoft.Extensions.AI;

namespace Sage.Providers.Streaming;

/// <summary>How much a model is to think, in the word that all formats have for it.</summary>
internal static class EffortWords
{
    /// <returns>Null leaves it to the model.</returns>
    public static string? Of(ChatOptions? options) =>
        options?.Reasoning?.Effort switch
        {
            ReasoningEffort.None => "none",
            ReasoningEffort.Low => "low",
            ReasoningEffort.Medium => "medium",
            ReasoningEffort.High => "high",
            ReasoningEffort.ExtraHigh => "xhigh",
            _ => null,
        };
}
