using Sage.Protocol.LanguageModels;
using Sage.Protocol.Turns;

namespace Sage.Protocol.Tests.LanguageModels;

public sealed class ModelPriceTests
{
    private static readonly ModelPrice Price = new(2, 10, 0.1m, 2.5m);

    [Theory]
    [InlineData(1_000_000, 0, 0, 0, 2)]
    [InlineData(0, 1_000_000, 0, 0, 10)]
    [InlineData(1_000_000, 0, 1_000_000, 0, 0.1)]
    [InlineData(1_000_000, 0, 0, 1_000_000, 2.5)]
    [InlineData(1_000_000, 100_000, 600_000, 200_000, 0.4 + 0.06 + 0.5 + 1)]
    public void Each_kind_of_token_has_its_price(long input, long output, long cached, long written, double dollars) =>
        Assert.Equal(
            (decimal)dollars,
            Price.CostOf(new TokenUsage(input, output, cached, CacheWriteTokens: written)),
            precision: 9
        );

    [Fact]
    public void Without_a_price_of_its_own_the_cache_costs_what_input_does() =>
        Assert.Equal(2, new ModelPrice(2, 10).CostOf(new TokenUsage(1_000_000, 0, 500_000, CacheWriteTokens: 500_000)));

    [Theory]
    [InlineData(100_000, 0.2)]
    [InlineData(100_001, 0.500005)]
    public void A_long_input_has_the_other_price_as_a_whole(long input, double dollars) =>
        Assert.Equal(
            (decimal)dollars,
            (Price with { Long = new(100_000, new ModelPrice(5, 25)) }).CostOf(new TokenUsage(input, 0))
        );

    [Fact]
    public void What_cost_nothing_known_makes_a_sum_unknown_and_what_used_nothing_does_not()
    {
        var priced = new TokenUsage(10, 1, Cost: 0.5m);
        var unpriced = new TokenUsage(10, 1);

        Assert.Equal(1m, (priced + priced).Cost);
        Assert.Null((priced + unpriced).Cost);
        Assert.Equal(0.5m, (TokenUsage.Zero + priced).Cost);
        Assert.Equal(0.5m, (priced + TokenUsage.Zero).Cost);
    }
}
