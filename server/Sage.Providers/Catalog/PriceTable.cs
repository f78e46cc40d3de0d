using System.Collections.Frozen;
using Sage.Protocol.LanguageModels;

namespace Sage.Providers.Catalog;

/// <summary>
/// What models cost at their vendors, in US dollars for a million tokens. A model that is not in it has no known price, which is
/// better than a wrong one.
/// </summary>
internal static class PriceTable
{
    /// <summary>Read from the vendors' price pages on this day. Where it changes with the hour, the higher price stands.</summary>
    public const string ReadOn = "2026-11-23";

    private static readonly FrozenDictionary<string, ModelPrice> Listed = new Dictionary<string, ModelPrice>
    {
        ["anthropic/claude-fable-5-1"] = new(10, 50, 0.25m, 12.5m),
        ["anthropic/claude-opus-5-5"] = new(4, 20, 0.2m, 5),
        ["anthropic/claude-sonnet-5-5"] = new(2, 10, 0.1m, 2.5m),
        ["anthropic/claude-haiku-5-5"] = new(
            0.1m,
            0.5m,
            0.01m,
            0.125m,
            new(100_000, new ModelPrice(0.5m, 2.5m, 0.05m, 0.625m))
        ),
        ["openai/gpt-6-sol"] = new(2, 10, 0.2m, 2.5m, new(272_000, new ModelPrice(4, 15, 0.4m, 5))),
        ["openai/gpt-6-luna"] = new(0.1m, 0.5m, 0.01m, 0.125m, new(272_000, new ModelPrice(0.2m, 0.75m, 0.02m, 0.25m))),
        ["openai/gpt-5.2"] = new(1.75m, 14, 0.175m),
        ["openai/gpt-5-mini"] = new(0.25m, 2, 0.025m),
        ["openai/gpt-4.1"] = new(2, 8, 0.5m),
        ["deepseek/deepseek-v4-pro"] = new(1.32m, 3.96m, 0.044m),
        ["deepseek/deepseek-v4-flash"] = new(0.3m, 1.2m, 0.006m),
        ["zai/glm-5.2"] = new(1.4m, 4.4m, 0.26m),
        ["xai/grok-4.3"] = new(1.25m, 2.5m),
    }.ToFrozenDictionary();

    /// <summary>The user's price, else the provider's own, else the listed one; null when nobody knows it.</summary>
    public static ModelPrice? Find(Provider provider, ModelEntry model, ProviderOptions options) =>
        FindOwn(options, $"{provider.Id}/{model.Id}")
        ?? model.Price
        ?? (
            provider.IsLocal ? ModelPrice.Free : Listed.GetValueOrDefault($"{provider.KeyOf ?? provider.Id}/{model.Id}")
        );

    private static ModelPrice? FindOwn(ProviderOptions options, string id) =>
        options.Prices.GetValueOrDefault(id)
        ?? options
            .Prices.Where(price => price.Key.EndsWith('*') && id.StartsWith(price.Key[..^1], StringComparison.Ordinal))
            .OrderByDescending(price => price.Key.Length)
            .Select(price => price.Value)
            .FirstOrDefault();
}
