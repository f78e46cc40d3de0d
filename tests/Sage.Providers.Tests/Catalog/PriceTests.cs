using System.Collections.Immutable;
using Sage.Protocol.LanguageModels;
using Sage.Providers.Catalog;

namespace Sage.Providers.Tests.Catalog;

/// <summary>What a model costs, and who is asked for small work: the user's word, then the provider's, then ours.</summary>
public sealed class PriceTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["ANTHROPIC_API_KEY"] = "k",
        ["OPENAI_API_KEY"] = "k",
    };

    [Fact]
    public async Task A_model_of_the_table_has_its_price_in_both_formats_of_its_vendor()
    {
        using var catalog = Catalog();

        var sonnet = await catalog.ResolveAsync("anthropic/claude-sonnet-5-5", default);
        var sol = await catalog.ResolveAsync("openai-responses/gpt-6-sol", default);

        Assert.Equal((2m, 10m, 0.1m, 2.5m), Parts(sonnet.Price!));
        Assert.Equal(272_000, sol.Price!.Long!.Above);
        Assert.Equal(sol.Price, (await catalog.ResolveAsync("openai/gpt-6-sol", default)).Price);
    }

    [Theory]
    [InlineData("openai/a-model-of-tomorrow", null)]
    [InlineData("demo/demo", 0)]
    [InlineData("ollama/qwen", 0)]
    public async Task What_nobody_knows_has_no_price_and_what_runs_here_costs_nothing(string id, int? input)
    {
        using var catalog = Catalog();

        Assert.Equal((decimal?)input, (await catalog.ResolveAsync(id, default)).Price?.Input);
    }

    [Theory]
    [InlineData("anthropic/claude-sonnet-5-5", 1)]
    [InlineData("anthropic/claude-opus-5-5", 3)]
    [InlineData("openai/gpt-4.1", 4)]
    public async Task The_price_the_user_has_set_comes_first_the_most_exact_one(string id, int input)
    {
        using var catalog = Catalog(options =>
            options with
            {
                Prices = new Dictionary<string, ModelPrice>
                {
                    ["anthropic/claude-sonnet-5-5"] = new(1, 1),
                    ["anthropic/*"] = new(2, 2),
                    ["anthropic/claude-opus*"] = new(3, 3),
                    ["*"] = new(4, 4),
                }.ToImmutableDictionary(),
            }
        );

        Assert.Equal(input, (await catalog.ResolveAsync(id, default)).Price!.Input);
        Assert.Equal(input, (await catalog.ListAsync(default)).Models.Single(m => m.Id == id).Price!.Input);
    }

    [Theory]
    [InlineData("anthropic/claude-sonnet-5-5", true, true)]
    [InlineData("openai/gpt-4.1", true, false)]
    [InlineData("deepseek/deepseek-v4-pro", false, true)]
    [InlineData("moonshot/kimi-k3", null, null)]
    public async Task What_a_model_can_do_is_said_where_it_is_known(string id, bool? images, bool? thinking)
    {
        using var catalog = Catalog();

        var model = (await catalog.ListAsync(default)).Models.Single(m => m.Id == id);

        Assert.Equal((images, thinking), (model.Images, model.Thinking));
    }

    [Theory]
    [InlineData("anthropic/claude-sonnet-5-5", null, "anthropic/claude-haiku-5-5")]
    [InlineData("anthropic/claude-haiku-5-5", null, null)]
    [InlineData("openai/gpt-4.1", null, null)]
    [InlineData("openai/gpt-4.1", "anthropic/claude-haiku-5-5", "anthropic/claude-haiku-5-5")]
    [InlineData("demo/demo", null, null)]
    public async Task Small_work_goes_to_a_small_model(string id, string? setting, string? small)
    {
        using var catalog = Catalog(options => options with { SmallModel = setting });
        var model = await catalog.ResolveAsync(id, default);

        Assert.Equal(small, (await catalog.ResolveSmallAsync(model, default))?.Id);
    }

    [Fact]
    public async Task A_server_of_the_users_own_is_not_asked_for_a_model_it_may_not_have()
    {
        using var catalog = Catalog(options => options with { Provider = "anthropic", BaseUrl = "http://127.0.0.1:1" });
        var model = await catalog.ResolveAsync("anthropic/claude-sonnet-5-5", default);

        Assert.Null(await catalog.ResolveSmallAsync(model, default));
    }

    private static (decimal, decimal, decimal?, decimal?) Parts(ModelPrice price) =>
        (price.Input, price.Output, price.CachedInput, price.CacheWrite);

    private static ModelCatalog Catalog(Func<ProviderOptions, ProviderOptions>? change = null)
    {
        var options = new ProviderOptions
        {
            LocalDetection = LocalDetection.Off,
            Environment = name => Environment.GetValueOrDefault(name),
            // No list of a vendor is asked for.
            Endpoints = [],
        };
        return new ModelCatalog(change is null ? options : change(options), TimeProvider.System);
    }
}
