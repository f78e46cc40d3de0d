using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sage.Providers.Catalog;
using Sage.Sandbox.Supervision;
using Sage.Server.Cli;
using Sage.Server.Cli.Doctor;
using Sage.Storage;
using Sage.TestKit;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.Cli.Doctor;

/// <summary><c>sage doctor</c> about the model, over real HTTP.</summary>
public sealed class DoctorCommandTests : IAsyncLifetime
{
    private const string Key = "sk-secret-key-1234";
    private readonly TempFolder _home = new();
    private readonly Dictionary<string, string> _environment = new() { ["OPENAI_API_KEY"] = Key };
    private ScriptedModelServer _model = null!;

    public async Task InitializeAsync() => _model = await ScriptedModelServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _model.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task It_tells_model_address_and_where_the_key_is_from_and_asks_nobody()
    {
        var output = await RunAsync(online: false);

        Assert.Contains("openai/scripted-model is ready", output, StringComparison.Ordinal);
        Assert.Contains($"OpenAI (chat completions) at {_model.OpenAIUrl}", output, StringComparison.Ordinal);
        Assert.Matches("ok +key +is taken from OPENAI_API_KEY", output);
        Assert.Matches("warn +sandbox +A test command could not be walled in: .*no-such-program", output);
        Assert.DoesNotContain("answer ", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, output, StringComparison.Ordinal);
        Assert.Empty(_model.ModelRequests);
    }

    [Fact]
    public async Task Online_it_asks_the_model_for_a_word()
    {
        _model.Reply(r => r.Text("OK"));

        var output = await RunAsync(online: true);

        Assert.Matches("ok +answer +scripted-model answered a test", output);
    }

    [Fact]
    public async Task Online_a_refused_key_is_a_failure_that_says_what_to_do()
    {
        _model.ExpectedKey = "another";

        var output = await RunAsync(online: true, code: ExitCodes.Failed);

        Assert.Matches("fail +answer +OpenAI .* refused the API key .*OPENAI_API_KEY", output);
        Assert.DoesNotContain(Key, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_in_an_address_is_not_shown()
    {
        var address = _model.OpenAIUrl.Replace("http://", "http://me:planted@", StringComparison.Ordinal);

        var output = await RunAsync(online: false, baseUrl: address + "?key=planted");

        Assert.DoesNotContain("planted", output, StringComparison.Ordinal);
        Assert.Contains(_model.OpenAIUrl, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_hooks_is_told_with_how_many_run()
    {
        _home.Write(
            "settings.json",
            """{ "hooks": { "Stop": [ { "hooks": [ { "command": "true" } ] } ], "AfterLunch": [] } }"""
        );

        var output = await RunAsync(online: false);

        Assert.Matches("warn +hooks +1 run in this folder.* there is no event AfterLunch in Sage", output);
    }

    private async Task<string> RunAsync(bool online, int? code = null, string? baseUrl = null)
    {
        using var output = new MemoryStream();
        var terminal = new Terminal(Stream.Null, output, new Lazy<TextWriter>(TextWriter.Null));
        var providers = new ProviderOptions
        {
            Provider = "openai",
            BaseUrl = baseUrl ?? _model.OpenAIUrl,
            Model = "scripted-model",
            Environment = name => _environment.GetValueOrDefault(name),
            LocalDetection = LocalDetection.Off,
        };
        var exit = await DoctorCommand.RunAsync(
            terminal,
            new DiagnosisOptions(providers, online),
            CancellationToken.None,
            services =>
            {
                services.AddSingleton(new SageHome(_home.Root));
                services.AddSingleton(new SupervisorLaunch(_home["no-such-program"], []));
            }
        );
        Assert.Equal(code ?? exit, exit);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
