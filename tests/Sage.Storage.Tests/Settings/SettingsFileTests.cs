using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Storage.Settings;

namespace Sage.Storage.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Without_a_file_nothing_is_set() => Assert.Equal(new SageConfiguration(), Read(null));

    [Fact]
    public void It_is_JSON_with_comments_in_the_words_of_the_editor()
    {
        var settings = Read(
            """
            {
              // Mine.
              "provider": "anthropic",
              "fallbackModels": ["openrouter/z-ai/glm-5.2"],
              "prices": { "anthropic/*": { "input": 2, "output": 10, "cachedInput": 0.1 } },
              "budget": { "turnCost": 0.5, "turnSteps": 20, },
              "unknown": true,
            }
            """
        );

        Assert.Equal("anthropic", settings.Provider);
        Assert.Equal(["openrouter/z-ai/glm-5.2"], settings.FallbackModels!.Value.ToArray());
        Assert.Equal(0.1m, settings.Prices!["anthropic/*"].CachedInput);
        Assert.Equal(new BudgetConfiguration(TurnCost: 0.5m, TurnSteps: 20), settings.Budget);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"budget":{"turnCost":"a lot"}}""")]
    public void One_that_cannot_be_read_says_where_and_why(string text)
    {
        var error = Assert.Throws<SageException>(() => Read(text));

        Assert.StartsWith($"{_home.Home.Settings} cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_editor_says_comes_first_and_what_it_leaves_open_does_not()
    {
        var saved = new SageConfiguration(
            Provider: "anthropic",
            SmallModel: "a/b",
            Budget: new BudgetConfiguration(TurnCost: 1, SessionCost: 5)
        );

        var both = new SageConfiguration(
            Provider: " openai ",
            SmallModel: "",
            FallbackModels: [],
            Budget: new BudgetConfiguration(TurnCost: 2, SessionCost: 0)
        ).Over(saved);

        Assert.Equal(("openai", "a/b"), (both.Provider, both.SmallModel));
        Assert.Equal(new BudgetConfiguration(TurnCost: 2, SessionCost: 5), both.Budget);
    }

    private SageConfiguration Read(string? text)
    {
        Directory.CreateDirectory(_home.Home.Root);
        if (text is not null)
        {
            File.WriteAllText(_home.Home.Settings, text);
        }

        return new SettingsFile(_home.Home).Read();
    }
}
