using System.Net;
using System.Net.Sockets;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Turns;
using Sage.Providers.Catalog;
using Sage.Providers.Tests.Streaming;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Catalog;

/// <summary>The test before a model is configured, over real HTTP, for each wire format.</summary>
public sealed class ConnectionTestTests : IAsyncLifetime
{
    private const string Key = "sk-right-key-1234";
    private readonly Dictionary<string, string> _environment = [];
    private readonly SkippableTime _time = new();
    private ScriptedModelServer _server = null!;
    private ModelCatalog _catalog = null!;

    public static TheoryData<WireFormat> Formats => [.. ModelUnderTest.Formats];

    public async Task InitializeAsync()
    {
        _server = await ScriptedModelServer.StartAsync();
        _server.ExpectedKey = Key;
        var options = new ProviderOptions
        {
            Environment = name => _environment.GetValueOrDefault(name),
            LocalDetection = LocalDetection.Off,
        };
        _catalog = new ModelCatalog(options, _time);
    }

    public async Task DisposeAsync()
    {
        _catalog.Dispose();
        await _server.DisposeAsync();
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_right_key_gives_the_models_and_costs_no_tokens(WireFormat format)
    {
        _server.Models = ["scripted-model", "text-embedding-9"];

        var result = await TestAsync(format);

        Assert.True(result.Ok, result.Error?.Message);
        Assert.Contains(result.Models, m => m is { Id: "scripted-model" });
        Assert.DoesNotContain(result.Models, m => m.Id.Contains("embedding", StringComparison.Ordinal));
        Assert.Empty(_server.ModelRequests);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_chosen_model_has_to_say_a_word_and_is_hung_up_on_then(WireFormat format)
    {
        _server.Reply(r => r.Text("OK").Silence());

        var result = await TestAsync(format, model: "scripted-model");

        Assert.True(result.Ok, result.Error?.Message);
        var request = await _server.NextRequestAsync();
        await request.Abandoned.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("scripted-model", request.Model);
        Assert.Single(request.ToolNames);
        Assert.Empty(_server.Violations);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_wrong_key_is_told_and_never_repeated(WireFormat format)
    {
        foreach (var model in new[] { null, "scripted-model" })
        {
            var result = await TestAsync(format, key: "sk-wrong-key-5678", model);

            Assert.False(result.Ok);
            Assert.Equal(TurnErrorCodes.Authentication, result.Error!.Code);
            Assert.DoesNotContain("sk-w", result.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task An_unknown_model_is_told(WireFormat format)
    {
        _server.Reply(r => r.Http(404, "The model `nobody` does not exist"));

        var result = await TestAsync(format, model: "nobody");

        Assert.Equal(TurnErrorCodes.ModelNotFound, result.Error?.Code);
        Assert.Contains("“nobody”", result.Error!.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_model_that_takes_no_tools_is_told(WireFormat format)
    {
        _server.Reply(r => r.Http(400, "scripted-model does not support tools"));

        var result = await TestAsync(format, model: "scripted-model");

        Assert.Equal(TurnErrorCodes.BadRequest, result.Error?.Code);
        Assert.Contains("does not support tools", result.Error!.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Nobody_at_the_address_is_told_at_once(WireFormat format)
    {
        foreach (var model in new[] { null, "scripted-model" })
        {
            var address = $"http://127.0.0.1:{UnusedPort()}/v1";

            var result = await TestAsync(format, Key, model, address);

            Assert.Equal(TurnErrorCodes.Network, result.Error?.Code);
            Assert.Contains("nothing listens there", result.Error!.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_web_page_instead_of_an_answer_points_to_the_address(WireFormat format)
    {
        using var page = new OneAnswer("200 OK", "text/html", "<!doctype html><p>Sign in");

        foreach (var model in new[] { null, "scripted-model" })
        {
            var result = await TestAsync(format, Key, model, page.Url);

            Assert.Equal(TurnErrorCodes.InvalidResponse, result.Error?.Code);
            Assert.Contains("Check the base URL", result.Error!.Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Faults_that_pass_are_told_and_not_waited_for(WireFormat format)
    {
        _server.Reply(r => r.Http(529, "Overloaded"));

        var result = await TestAsync(format, model: "scripted-model");

        Assert.Equal(TurnErrorCodes.Overloaded, result.Error?.Code);
        Assert.Single(_server.ModelRequests);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Silence_ends_after_a_while(WireFormat format)
    {
        _server.Reply(r => r.SilenceBeforeHeaders());

        var testing = TestAsync(format, model: "scripted-model");
        await _server.NextRequestAsync();
        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(TurnErrorCodes.Timeout, (await testing).Error?.Code);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_test_can_be_cancelled(WireFormat format)
    {
        _server.Reply(r => r.SilenceBeforeHeaders());
        using var cancel = new CancellationTokenSource();

        var testing = TestAsync(format, model: "scripted-model", cancellationToken: cancel.Token);
        var request = await _server.NextRequestAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => testing);
        await request.Abandoned.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("404 Not Found", "text/plain", "no")]
    [InlineData("403 Forbidden", "application/json", """{"error":{"message":"no permission to list"}}""")]
    [InlineData("200 OK", "application/json", """{"hello":true}""")]
    public async Task A_server_without_a_list_is_not_refused_for_that(string status, string type, string body)
    {
        using var server = new OneAnswer(status, type, body);

        var result = await Connections.TestAsync(new(Presets.Custom, server.Url, Key), default);

        Assert.True(result.Ok, result.Error?.Message);
        Assert.Empty(result.Models);
    }

    [Fact]
    public async Task Where_anybody_gets_the_list_a_word_is_asked_for()
    {
        _server.Reply(r => r.Text("OK"));

        var right = await Connections.TestAsync(new("openrouter", _server.OpenAIUrl, Key), default);

        Assert.True(right.Ok, right.Error?.Message);
        Assert.Contains(right.Models, m => m.Id == "scripted-model");
        Assert.Single(_server.ModelRequests);
    }

    [Fact]
    public async Task A_missing_key_is_told_without_a_request()
    {
        var result = await Connections.TestAsync(new("anthropic", "https://example.invalid"), default);

        Assert.Equal(TurnErrorCodes.Authentication, result.Error?.Code);
        Assert.Contains("No API key", result.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("azure", null, "needs the address of your resource")]
    [InlineData("openai-compatible", null, "needs a base URL")]
    [InlineData("openai-compatible", "localhost:8000", "is no base URL")]
    [InlineData("nobody", null, "There is no provider")]
    public async Task What_is_no_address_is_told(string provider, string? baseUrl, string expected)
    {
        var result = await Connections.TestAsync(new(provider, baseUrl, Key), default);

        Assert.Contains(expected, result.Error?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_changes_nothing_and_keeps_nothing()
    {
        await TestAsync(WireFormat.OpenAIChat);
        await TestAsync(WireFormat.Anthropic);

        var list = await _catalog.ListAsync(default);

        Assert.Equal("demo/demo", list.Selected);
        Assert.All(list.Models.Where(m => m.Provider is "openai" or "anthropic"), m => Assert.False(m.Ready));
        Assert.All(Connections.Providers(), p => Assert.Null(p.KeyFrom));
    }

    [Fact]
    public void The_providers_say_what_they_need()
    {
        _environment["GOOGLE_API_KEY"] = "g";
        _catalog.SetKey("openai-responses", "o");

        var providers = Connections.Providers().ToDictionary(p => p.Id);

        Assert.Equal(
            (KeyNeed.Required, true),
            (providers["anthropic"].Key, providers["anthropic"].BaseUrl is not null)
        );
        Assert.Equal((KeyNeed.Required, null), (providers["azure"].Key, providers["azure"].BaseUrl));
        Assert.Equal((KeyNeed.Optional, null), (providers[Presets.Custom].Key, providers[Presets.Custom].BaseUrl));
        Assert.Equal(KeyNeed.None, providers["ollama"].Key);
        Assert.Equal("GOOGLE_API_KEY", providers["google"].KeyFrom);
        Assert.Equal(
            ("openai", "editor"),
            (providers["openai-responses"].KeyOf, providers["openai-responses"].KeyFrom)
        );
        Assert.DoesNotContain("demo", providers.Keys);
    }

    private ModelConnections Connections => new(_catalog, _time);

    private Task<TestModelResult> TestAsync(
        WireFormat format,
        string key = Key,
        string? model = null,
        string? baseUrl = null,
        CancellationToken cancellationToken = default
    )
    {
        var provider = format switch
        {
            WireFormat.Anthropic => "anthropic",
            WireFormat.OpenAIResponses => "openai-responses",
            _ => "openai",
        };
        var address = baseUrl ?? (format == WireFormat.Anthropic ? _server.Url : _server.OpenAIUrl);
        return Connections.TestAsync(new(provider, address, key, model), cancellationToken);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
