using System.Text.Json.Nodes;
using Sage.Agent.Secrets;
using Sage.Protocol;
using Sage.Server.Tests.Fakes;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.Handlers.LanguageModels;

public sealed class ModelSettingsTests
{
    [Fact]
    public async Task Settings_are_read_when_models_are_first_needed_and_again_after_they_changed()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var provider = "anthropic";
        var asked = 0;
        rig.Client.Handle(
            "workspace/configuration",
            _ =>
            {
                asked++;
                return JsonNode.Parse($$"""[{"provider":"{{provider}}","baseUrl":"","model":" m1 "}]""");
            }
        );

        await rig.Client.CallAsync("sage/model/list");
        await rig.Client.CallAsync("sage/model/list");
        Assert.Equal(1, asked);
        Assert.Equal(
            ("anthropic", null, "m1"),
            (rig.Models.Applied!.Provider, rig.Models.Applied.BaseUrl, rig.Models.Applied.Model)
        );

        provider = "openai";
        await rig.Client.NotifyAsync("workspace/didChangeConfiguration", """{"settings":null}""");
        await rig.Client.CallAsync("sage/model/list");
        Assert.Equal("openai", rig.Models.Applied.Provider);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_setting_of_the_wrong_type_does_not_stop_anything()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Client.Handle("workspace/configuration", _ => JsonNode.Parse("""[{"provider":42}]"""));

        await rig.Client.CallAsync("sage/model/list");

        Assert.Null(rig.Models.Applied!.Provider);
    }

    [Fact]
    public async Task An_editor_without_the_setting_gets_the_defaults()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Client.Handle("workspace/configuration", _ => JsonNode.Parse("[null]"));

        await rig.Client.CallAsync("sage/model/list");

        Assert.Null(rig.Models.Applied!.Provider);
    }

    [Fact]
    public async Task A_choice_made_by_hand_is_not_undone_by_the_settings()
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.CallAsync("sage/model/select", """{"id":"test/scripted"}""");
        await rig.Client.CallAsync("sage/model/list");

        Assert.Equal(["apply ", "select test/scripted"], rig.Models.Calls);
    }

    [Fact]
    public async Task A_model_that_does_not_exist_cannot_be_chosen()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var (code, _) = await rig.Client.FailAsync("sage/model/select", """{"id":"no/such"}""");

        Assert.Equal(ErrorCodes.UnknownModel, code);
    }

    [Fact]
    public async Task A_key_reaches_the_provider_and_never_the_log()
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.CallAsync("sage/model/setKey", """{"provider":"anthropic","key":"my-private-key"}""");

        Assert.Equal(["key anthropic my-private-key"], rig.Models.Calls);
        Assert.Equal("uses [secret]!", rig.Get<SecretRedaction>().RedactDiagnostics("uses my-private-key!"));
    }

    [Fact]
    public async Task A_provider_is_tested_with_a_key_that_is_kept_nowhere_and_never_logged()
    {
        await using var model = await ScriptedModelServer.StartAsync();
        model.ExpectedKey = "another-key";
        await using var rig = await ServerRig.InitializedAsync();

        var result = await rig.Client.CallAsync(
            "sage/model/test",
            $$"""{"provider":"openai","baseUrl":"{{model.OpenAIUrl}}","key":" my-private-key ","model":"m"}"""
        );

        Assert.False(result.GetProperty("ok").GetBoolean());
        Assert.Equal("authentication", result.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("Bearer my-private-key", (await model.NextRequestAsync()).Headers["authorization"]);
        Assert.Empty(rig.Models.Calls);
        Assert.Equal("uses [secret]!", rig.Get<SecretRedaction>().RedactDiagnostics("uses my-private-key!"));
        Assert.DoesNotContain("my-private-key", await rig.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_providers_are_listed_with_what_they_need()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var result = await rig.Client.CallAsync("sage/model/providers");

        var azure = result
            .GetProperty("providers")
            .EnumerateArray()
            .Single(p => p.GetProperty("id").ValueEquals("azure"));
        Assert.Equal("required", azure.GetProperty("key").GetString());
        Assert.False(azure.TryGetProperty("baseUrl", out _));
    }
}
