using Sage.Protocol.Turns;

namespace Sage.Protocol.LanguageModels;

/// <summary>What a model costs, in US dollars for a million tokens of each kind.</summary>
/// <param name="Input">Input that is read anew.</param>
/// <param name="Output">Output, reasoning included.</param>
/// <param name="CachedInput">Input read from the provider's cache; as <paramref name="Input"/> when absent.</param>
/// <param name="CacheWrite">Input that is written to the provider's cache; as <paramref name="Input"/> when absent.</param>
/// <param name="Long">What requests with a long input cost instead, where that is more.</param>
public sealed record ModelPrice(
    decimal Input,
    decimal Output,
    decimal? CachedInput = null,
    decimal? CacheWrite = null,
    LongInputPrice? Long = null
)
{
    private const decimal Million = 1_000_000;

    /// <summary>Costs nothing: it runs on this machine.</summary>
    public static ModelPrice Free { get; } = new(0, 0);

    /// <summary>US dollars for one request.</summary>
    public decimal CostOf(TokenUsage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var price = Long is { } of && request.InputTokens > of.Above ? of.Price : this;
        var fresh = Math.Max(0, request.InputTokens - request.CachedInputTokens - request.CacheWriteTokens);
        return (
                (fresh * price.Input)
                + (request.CachedInputTokens * (price.CachedInput ?? price.Input))
                + (request.CacheWriteTokens * (price.CacheWrite ?? price.Input))
                + (request.OutputTokens * price.Output)
            ) / Million;
    }
}

/// <param name="Above">Input tokens; a request with more is charged the other price, as a whole.</param>
/// <param name="Price">The other price.</param>
public sealed record LongInputPrice(int Above, ModelPrice Price);
