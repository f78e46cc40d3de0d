using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.Agent.ToolCalls;
using Sage.Providers;
using Sage.Providers.Catalog;
using Sage.Server.Tests.Fakes;

namespace Sage.Server.Tests.Handlers.EditorModels;

/// <summary>The server with its real catalogue, and an editor that offers one model.</summary>
internal static class EditorRig
{
    public const string Model = "editor/acme/one/large";

    public const string Models = """
        {"models":[{"id":"one/large","name":"One Large","vendor":"acme","family":"one","maxInputTokens":64000}]}
        """;

    public static async Task<ServerRig> StartAsync(
        bool offers = true,
        string settings = "{}",
        params IEnumerable<ITool> tools
    )
    {
        var rig = new ServerRig(
            tools,
            services => services.AddSageProviders(new ProviderOptions { LocalDetection = LocalDetection.Off })
        ).Start();
        rig.Client.Handle("workspace/configuration", _ => JsonNode.Parse($"[{settings}]"));
        rig.Client.Handle("sage/editorModel/list", _ => JsonNode.Parse(Models));
        await rig.InitializeAsync(offers ? """{"editorModels":true}""" : "{}");
        return rig;
    }

    public static async Task<IReadOnlyList<JsonElement>> ListAsync(this ServerRig rig) =>
        [
            .. (await rig.Client.CallAsync("sage/model/list"))
                .GetProperty("models")
                .EnumerateArray()
                .Where(model => model.GetProperty("provider").GetString() == "editor"),
        ];

    /// <summary>Runs one turn with the editor's model.</summary>
    public static async Task<JsonElement> RunAsync(this ServerRig rig) =>
        (await (await rig.SendRunAsync()).Answer).GetProperty("result");

    public static async Task<(string Id, Task<JsonElement> Answer)> SendRunAsync(this ServerRig rig)
    {
        var session = await rig.NewSessionAsync();
        return await rig.Client.SendRequestAsync(
            "sage/turn/run",
            $$"""{"sessionId":"{{session}}","model":"{{Model}}","input":[{"type":"text","text":"Go on"}]}"""
        );
    }

    /// <summary>Sends pieces of a reply as the extension does: each when the one before was taken.</summary>
    public static async Task SayAsync(this ServerRig rig, JsonElement request, params string[] pieces)
    {
        foreach (var piece in pieces)
        {
            var id = request.GetProperty("requestId").GetString();
            await rig.Client.CallAsync("sage/editorModel/part", $$"""{"requestId":"{{id}}",{{piece}}}""");
        }
    }

    public static IReadOnlyList<JsonElement> Events(this ServerRig rig, string type) =>
        [
            .. rig
                .Client.Received.Where(m =>
                    m.TryGetProperty("method", out var name) && name.GetString() == "sage/event"
                )
                .Select(m => m.GetProperty("params").GetProperty("event"))
                .Where(e => e.GetProperty("type").GetString() == type),
        ];
}
