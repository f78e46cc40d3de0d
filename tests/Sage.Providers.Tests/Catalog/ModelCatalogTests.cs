using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.LanguageModels;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Providers.Catalog;
using Sage.Providers.Tests.Streaming;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Catalog;

public sealed class ModelCatalogTests : IAsyncLifetime
{
    private readonly Dictionary<string, string> _environment = [];
    private ScriptedModelServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ScriptedModelServer.StartAsync();
        _server.Always(null, r => r.Text("hello"));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task With_nothing_configured_the_demo_answers()
    {
        using var catalog = Catalog();

        var list = await catalog.ListAsync(default);

        Assert.Equal("demo/demo", list.Selected);
        Assert.True(Assert.Single(list.Models, m => m.Id == "demo/demo").Ready);
        Assert.Equal("demo/demo", (await catalog.ResolveAsync(null, default)).Id);
    }

    [Fact]
    public async Task Providers_without_a_key_are_listed_with_what_is_missing()
    {
        using var catalog = Catalog();

        var models = (await catalog.ListAsync(default)).Models;

        var claude = models.First(m => m.Provider == "anthropic");
        Assert.False(claude.Ready);
        Assert.Contains("Sage: Set API Key", claude.Hint);
        Assert.Contains("ANTHROPIC_API_KEY", claude.Hint);
        Assert.Equal(models.Length, models.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_first_provider_with_a_key_is_chosen()
    {
        _environment["DEEPSEEK_API_KEY"] = "k";
        using var catalog = Catalog();

        Assert.StartsWith("deepseek/", (await catalog.ResolveAsync(null, default)).Id);

        catalog.SetKey("anthropic", "sk-ant");
        Assert.StartsWith("anthropic/", (await catalog.ResolveAsync(null, default)).Id);

        catalog.SetKey("anthropic", null);
        Assert.StartsWith("deepseek/", (await catalog.ResolveAsync(null, default)).Id);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("openai-responses")]
    public async Task A_key_for_OpenAI_is_good_for_both_its_formats_and_responses_come_first(string handedOverFor)
    {
        using var catalog = Catalog();
        catalog.SetKey(handedOverFor, "k");

        Assert.StartsWith(
            "openai-responses/",
            (await catalog.ResolveAsync(null, default)).Id,
            StringComparison.Ordinal
        );
        var ready = (await catalog.ListAsync(default)).Models.Where(m => m.Ready).Select(m => m.Provider);
        Assert.Equal(["demo", "openai", "openai-responses"], ready.Distinct().Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/openai/v1/")]
    public async Task Azure_is_asked_for_a_deployment_at_the_address_of_the_resource(string path)
    {
        _environment["AZURE_OPENAI_API_KEY"] = "k";
        _environment["AZURE_OPENAI_ENDPOINT"] = _server.Url + path;
        _environment["AZURE_OPENAI_DEPLOYMENT"] = "my-deployment";
        _server.ExpectedKey = "k";
        using var catalog = Catalog();

        Assert.Equal("azure/my-deployment", (await catalog.ResolveAsync(null, default)).Id);
        Assert.Equal("hello", await AskAsync(catalog, null));
        Assert.Equal("hello", await AskAsync(catalog, "azure/another"));
        Assert.DoesNotContain(_server.Requests, request => request.Method == "GET");
        Assert.All(_server.ModelRequests, request => Assert.False(request.Headers.ContainsKey("authorization")));
    }

    [Fact]
    public async Task The_address_of_an_Azure_resource_can_be_the_base_URL()
    {
        _environment["AZURE_OPENAI_API_KEY"] = "k";
        using var catalog = Catalog(o => o with { Provider = "azure", BaseUrl = _server.Url, Model = "d" });

        Assert.Equal("hello", await AskAsync(catalog, null));
        Assert.Equal("/openai/v1/responses", _server.ModelRequests[0].Path);
    }

    [Theory]
    [InlineData("openai", null, "m", "openai/m")]
    [InlineData("openai-responses", null, "m", "openai-responses/m")]
    [InlineData("openai", null, "openai/m", "openai/m")]
    [InlineData("openrouter", null, "anthropic/claude", "openrouter/anthropic/claude")]
    [InlineData(null, null, "groq/openai/gpt-oss-120b", "groq/openai/gpt-oss-120b")]
    [InlineData("anthropic", null, null, "anthropic/claude-sonnet-5-5")]
    [InlineData(null, "http://127.0.0.1:9/v1", "m", "openai/m")]
    [InlineData("demo", null, null, "demo/demo")]
    public async Task What_the_user_named_is_chosen(string? provider, string? baseUrl, string? model, string expected)
    {
        _environment["ANTHROPIC_API_KEY"] = "k";
        using var catalog = Catalog(o => o with { Provider = provider, BaseUrl = baseUrl, Model = model });

        Assert.Equal(expected, (await catalog.ResolveAsync(null, default)).Id);
    }

    [Theory]
    [InlineData("nobody", null, null, "nobody")]
    [InlineData("openai", "not a url", "m", "base URL")]
    [InlineData("openai-compatible", null, "m", "needs a base URL")]
    [InlineData("azure", null, "m", "AZURE_OPENAI_ENDPOINT")]
    [InlineData(null, null, "gpt-5.2", "provider/model")]
    public async Task A_choice_that_cannot_be_is_explained(
        string? provider,
        string? baseUrl,
        string? model,
        string complaint
    )
    {
        using var catalog = Catalog(o => o with { Provider = provider, BaseUrl = baseUrl, Model = model });

        var error = await Assert.ThrowsAsync<SageException>(() => catalog.ResolveAsync(null, default));

        Assert.Equal(ErrorCodes.UnknownModel, error.Code);
        Assert.Contains(complaint, error.Message);
    }

    [Fact]
    public async Task A_redirected_provider_speaks_to_the_other_address_with_its_key()
    {
        _environment["OPENAI_API_KEY"] = "k1";
        _server.ExpectedKey = "k1";
        using var catalog = Catalog(o => o with { Provider = "openai", BaseUrl = _server.OpenAIUrl, Model = "m" });

        Assert.Equal("hello", await AskAsync(catalog, null));
    }

    [Fact]
    public async Task The_general_key_is_the_named_providers_and_nobody_elses()
    {
        _environment["SAGE_API_KEY"] = "general";
        _server.ExpectedKey = "general";
        using var named = Catalog(o => o with { Provider = "anthropic", BaseUrl = _server.Url, Model = "m" });
        using var unnamed = Catalog();

        Assert.Equal("hello", await AskAsync(named, null));
        Assert.Equal("demo/demo", (await unnamed.ResolveAsync(null, default)).Id);
    }

    [Fact]
    public async Task A_key_that_is_handed_over_wins_and_is_used_at_once()
    {
        _environment["ANTHROPIC_API_KEY"] = "old";
        _server.ExpectedKey = "new";
        using var catalog = Catalog(o => o with { Provider = "anthropic", BaseUrl = _server.Url, Model = "m" });
        var refused = await Assert.ThrowsAsync<ModelException>(() => AskAsync(catalog, null));
        Assert.Equal(TurnErrorCodes.Authentication, refused.Code);

        catalog.SetKey("anthropic", " new\n");

        Assert.Equal("hello", await AskAsync(catalog, null));
    }

    [Fact]
    public async Task A_missing_key_fails_the_request_without_sending_it()
    {
        using var catalog = Catalog(o => o with { Provider = "anthropic" });

        var error = await Assert.ThrowsAsync<ModelException>(() => AskAsync(catalog, null));

        Assert.Equal(TurnErrorCodes.Authentication, error.Code);
        Assert.Contains("No API key is set for Anthropic", error.Message);
        Assert.Contains("ANTHROPIC_API_KEY", error.Message);
    }

    [Fact]
    public async Task A_local_server_is_found_and_chosen_before_the_demo()
    {
        _environment["OLLAMA_HOST"] = _server.Url["http://".Length..];
        _server.Models = ["qwen3-coder:30b", "nomic-embed-text"];
        using var catalog = Catalog(o => o with { LocalDetection = LocalDetection.On });

        var list = await catalog.ListAsync(default);

        Assert.Equal("ollama/qwen3-coder:30b", list.Selected);
        Assert.True(list.Models.Single(m => m.Provider == "ollama").Ready);
        Assert.Equal("hello", await AskAsync(catalog, null));
    }

    [Fact]
    public async Task A_local_server_that_says_nothing_costs_little()
    {
        // Accepts connections and stays silent.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _environment["OLLAMA_HOST"] = listener.LocalEndpoint.ToString()!;
        var time = new SkippableTime();
        using var catalog = Catalog(o => o with { LocalDetection = LocalDetection.On }, time);

        var resolving = catalog.ResolveAsync(null, default);
        await time.SkipAsync(TimeSpan.FromMilliseconds(300));

        Assert.Equal("demo/demo", (await resolving).Id);
    }

    [Fact]
    public async Task The_providers_own_list_is_added_and_kept()
    {
        _environment["OPENAI_API_KEY"] = "k";
        _server.Models = ["scripted-b", "scripted-a", "text-embedding-3", "gpt-5.2"];
        using var catalog = Catalog(o => o with { Provider = "openai", BaseUrl = _server.OpenAIUrl });

        var models = (await catalog.ListAsync(default))
            .Models.Where(m => m.Provider == "openai")
            .Select(m => m.Id)
            .ToList();
        await catalog.ListAsync(default);

        Assert.Equal(["openai/scripted-a", "openai/scripted-b"], models.Where(m => m.Contains("scripted")));
        Assert.Single(models, "openai/gpt-5.2");
        Assert.DoesNotContain("openai/text-embedding-3", models);
        Assert.Single(_server.Requests, r => r.Method == "GET");
    }

    [Fact]
    public async Task A_provider_that_does_not_list_its_models_is_no_harm()
    {
        _environment["OPENAI_API_KEY"] = "wrong";
        _server.ExpectedKey = "right";
        using var catalog = Catalog(o => o with { Provider = "openai", BaseUrl = _server.OpenAIUrl });

        var list = await catalog.ListAsync(default);

        Assert.Contains(list.Models, m => m is { Id: "openai/gpt-5.2", Ready: true });
    }

    [Fact]
    public async Task A_chosen_model_stays_chosen()
    {
        _environment["ANTHROPIC_API_KEY"] = "k";
        using var catalog = Catalog();

        catalog.Select("demo/demo");
        Assert.Equal("demo/demo", (await catalog.ResolveAsync(null, default)).Id);

        catalog.Select("anthropic/claude-opus-5-5");
        var model = await catalog.ResolveAsync(null, default);
        Assert.Equal(("Claude Opus 5.5", 1_000_000), (model.Name, model.ContextWindow));
        Assert.Throws<SageException>(() => catalog.Select("nobody/nothing"));
    }

    [Fact]
    public async Task An_endpoint_the_user_added_is_a_provider_like_any_other()
    {
        _environment["MINE_KEY"] = "k";
        _server.ExpectedKey = "k";
        var mine = new CustomEndpoint("mine", _server.Url, EndpointFormat.Anthropic, ["m1"], "My server", "MINE_KEY");
        using var catalog = Catalog(o => o with { Endpoints = [mine] });

        Assert.Equal("mine/m1", (await catalog.ResolveAsync(null, default)).Id);
        Assert.Equal("hello", await AskAsync(catalog, "mine/m1"));
    }

    [Fact]
    public async Task New_settings_take_effect_without_a_restart()
    {
        using var catalog = Catalog();
        Assert.Equal("demo/demo", (await catalog.ResolveAsync(null, default)).Id);

        catalog.Apply(Options() with { Provider = "openai", BaseUrl = _server.OpenAIUrl, Model = "m" });

        Assert.Equal("hello", await AskAsync(catalog, null));
    }

    [Fact]
    public void Registration_gives_the_agent_its_models()
    {
        using var services = new ServiceCollection().AddSageProviders(Options()).BuildServiceProvider();

        Assert.Same(services.GetRequiredService<ILanguageModels>(), services.GetRequiredService<IProviderSettings>());
    }

    private static async Task<string> AskAsync(ModelCatalog catalog, string? id)
    {
        var model = await catalog.ResolveAsync(id, default);
        return (await model.Client.GetResponseAsync([new ChatMessage(ChatRole.User, "hi")])).Text;
    }

    private ProviderOptions Options() =>
        new() { LocalDetection = LocalDetection.Off, Environment = name => _environment.GetValueOrDefault(name) };

    private ModelCatalog Catalog(Func<ProviderOptions, ProviderOptions>? change = null, TimeProvider? time = null) =>
        new(change is null ? Options() : change(Options()), time ?? TimeProvider.System);
}
