using System.Text.Json;
using Sage.Server.Tests.Fakes;

namespace Sage.Server.Tests.Handlers.Projects;

public sealed class ProjectOfferTests
{
    private const string Settings = """{ "permissions": { "allow": ["run_command(npm test)", "edit(src/**)"] } }""";

    [Fact]
    public async Task What_is_offered_is_listed_until_it_is_answered()
    {
        await using var rig = await ServerRig.InitializedAsync();
        Assert.Empty(await OffersAsync(rig));
        rig.Folder.Write(".sage/settings.json", Settings);

        var offer = Assert.Single(await OffersAsync(rig));

        Assert.Equal("permissions.allow", offer.GetProperty("kind").GetString());
        Assert.Equal(".sage/settings.json", offer.GetProperty("place").GetString());
        Assert.Equal(
            ["run_command(npm test)", "edit(src/**)"],
            offer.GetProperty("lines").EnumerateArray().Select(line => line.GetString())
        );
        Assert.Empty(await AnswerAsync(rig, offer, "use"));
        Assert.Empty(await OffersAsync(rig));
        Assert.True(File.Exists(rig.Home["consents.json"]));
    }

    [Fact]
    public async Task An_answer_to_what_is_not_offered_any_more_agrees_to_nothing()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Folder.Write(".sage/settings.json", Settings);
        var shown = Assert.Single(await OffersAsync(rig));
        rig.Folder.Write(".sage/settings.json", """{ "permissions": { "allow": ["run_command"] } }""");

        var left = await AnswerAsync(rig, shown, "use");

        Assert.Equal("run_command", Assert.Single(left).GetProperty("lines")[0].GetString());
        Assert.False(File.Exists(rig.Home["consents.json"]));
    }

    [Fact]
    public async Task A_workspace_that_is_not_trusted_offers_nothing()
    {
        await using var rig = new ServerRig().Start();
        await rig.InitializeAsync("""{"workspaceTrusted":false}""");
        rig.Folder.Write(".sage/settings.json", Settings);

        Assert.Empty(await OffersAsync(rig));
    }

    [Fact]
    public async Task The_walls_are_told_with_what_the_user_wants_of_them()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Folder.Write(".sage/settings.json", """{ "sandbox": { "enabled": false } }""");
        var first = await rig.Client.CallAsync("sage/runtime/protection", "{}");
        Assert.NotEqual("switchedOff", first.GetProperty("walls").GetString());
        Assert.False(first.GetProperty("network").GetBoolean());

        rig.Home.Write("settings.json", """{ "sandbox": { "enabled": false, "network": true } }""");
        var second = await rig.Client.CallAsync("sage/runtime/protection", "{}");

        Assert.Equal("switchedOff", second.GetProperty("walls").GetString());
        Assert.True(second.GetProperty("network").GetBoolean());
    }

    private static async Task<JsonElement[]> OffersAsync(ServerRig rig) =>
        OffersOf(await rig.Client.CallAsync("sage/project/offers", "{}"));

    private static async Task<JsonElement[]> AnswerAsync(ServerRig rig, JsonElement offer, string answer) =>
        OffersOf(
            await rig.Client.CallAsync(
                "sage/project/answer",
                $$"""{"kind":"{{offer.GetProperty("kind")}}","hash":"{{offer.GetProperty("hash")}}","answer":"{{answer}}"}"""
            )
        );

    private static JsonElement[] OffersOf(JsonElement answer) => [.. answer.GetProperty("offers").EnumerateArray()];
}
