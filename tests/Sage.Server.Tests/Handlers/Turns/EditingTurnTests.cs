using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls;
using Sage.Server.Tests.Fakes;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Handlers.Turns;

/// <summary>Whole turns in which the scripted model changes files with the real tools, and the user is asked.</summary>
public sealed class EditingTurnTests : IAsyncDisposable
{
    private readonly List<JsonElement> _asked = [];
    private readonly ServerRig _rig = new(configure: static services =>
        services.AddSingleton(static provider => new ToolCatalog(provider.GetServices<ITool>()))
    );

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_patch_of_several_files_is_asked_for_once_and_made()
    {
        _rig.Folder.Write("a.txt", "one\r\ntwo\r\n");
        _rig.Folder.Write("old/b.txt", "b\n");
        const string patch = """
            *** Begin Patch
            *** Update File: a.txt
            -two
            +2
            *** Update File: old/b.txt
            *** Move to: new/b.txt
            *** Add File: c.txt
            +c
            *** End Patch
            """;

        var (answer, events) = await RunAsync("apply_patch", new { patch }, "allow");

        var asked = Assert.Single(_asked);
        Assert.Equal("Patch a.txt and 3 more", asked.GetProperty("title").GetString());
        Assert.Equal(
            ["a.txt modified", "old/b.txt deleted", "new/b.txt created", "c.txt created"],
            asked.GetProperty("previews").EnumerateArray().Select(PathAndKind)
        );
        Assert.StartsWith("Edited a.txt (+1 -1).", answer, StringComparison.Ordinal);
        Assert.Equal("one\r\n2\r\n", _rig.Folder.Read("a.txt"));
        Assert.Equal(("b\n", "c\n"), (_rig.Folder.Read("new/b.txt"), _rig.Folder.Read("c.txt")));
        Assert.False(File.Exists(_rig.Folder["old/b.txt"]));
        Assert.Equal(
            ["a.txt modified", "old/b.txt deleted", "new/b.txt created", "c.txt created"],
            events.Where(static e => Type(e) == "fileChanged").Select(PathAndKind)
        );
    }

    [Fact]
    public async Task A_deletion_that_is_allowed_happens_and_can_be_had_back()
    {
        _rig.Folder.Write("a.bin", [0, 1, 2]);

        var (answer, events) = await RunAsync("delete_file", new { path = "a.bin" }, "allow");

        Assert.Equal("Deleted a.bin.", answer);
        Assert.False(File.Exists(_rig.Folder["a.bin"]));
        var changed = Assert.Single(events, static e => Type(e) == "fileChanged");
        Assert.Equal(3, changed.GetProperty("before").GetProperty("size").GetInt64());
        Assert.Equal("delete_file(a.bin)", Assert.Single(_asked).GetProperty("rule").GetString());
    }

    [Fact]
    public async Task A_deletion_that_is_denied_does_not_happen()
    {
        _rig.Folder.Write("a.txt", "a\n");

        var (answer, events) = await RunAsync("delete_file", new { path = "a.txt" }, "deny");

        Assert.Equal("The user did not allow this call.", answer);
        Assert.Equal("a\n", _rig.Folder.Read("a.txt"));
        Assert.DoesNotContain(events, static e => Type(e) == "fileChanged");
    }

    [Fact]
    public async Task A_move_is_asked_for_and_told_as_a_deletion_and_a_creation()
    {
        _rig.Folder.Write("a.txt", "a\n");

        var (answer, events) = await RunAsync("move_file", new { from = "a.txt", to = "lib/b.txt" }, "allow");

        Assert.Equal("Moved a.txt to lib/b.txt.", answer);
        Assert.Equal("a\n", _rig.Folder.Read("lib/b.txt"));
        Assert.Equal("Move a.txt to lib/b.txt", Assert.Single(_asked).GetProperty("title").GetString());
        Assert.Equal(
            ["a.txt deleted", "lib/b.txt created"],
            events.Where(static e => Type(e) == "fileChanged").Select(PathAndKind)
        );
    }

    [Fact]
    public async Task A_patch_that_does_not_fit_asks_nobody()
    {
        _rig.Folder.Write("a.txt", "a\n");
        const string patch = "*** Begin Patch\n*** Update File: a.txt\n-zebra\n+x\n*** End Patch";

        var (answer, _) = await RunAsync("apply_patch", new { patch }, "allow");

        Assert.Contains("does not fit", answer, StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    /// <summary>One turn with one call.</summary>
    /// <returns>What the model was answered, and the events of the session.</returns>
    private async Task<(string Answer, IReadOnlyList<JsonElement> Events)> RunAsync(
        string tool,
        object input,
        string decision
    )
    {
        _rig.Models.Client.Reply(ScriptedChatClient.Call("c1", tool, input));
        _rig.Start();
        _rig.Client.Handle("workspace/configuration", static _ => JsonNode.Parse("[{}]"));
        _rig.Client.Handle(
            "sage/permission/request",
            request =>
            {
                _asked.Add(request);
                return JsonNode.Parse($$"""{"decision":"{{decision}}"}""");
            }
        );
        await _rig.InitializeAsync();
        var session = await _rig.NewSessionAsync();
        await _rig.Client.CallAsync(
            "sage/turn/run",
            $$"""{"sessionId":"{{session}}","input":[{"type":"text","text":"do it"}]}"""
        );

        var answer = _rig
            .Models.Client.Requests[1]
            .SelectMany(static m => m.Contents)
            .OfType<ToolCallAnswer>()
            .Single();
        var opened = await _rig.Client.CallAsync("sage/session/open", $$"""{"sessionId":"{{session}}"}""");
        return (
            answer.Text,
            [.. opened.GetProperty("events").EnumerateArray().Select(static e => e.GetProperty("event"))]
        );
    }

    private static string? Type(JsonElement e) => e.GetProperty("type").GetString();

    private static string PathAndKind(JsonElement change) =>
        $"{change.GetProperty("path").GetString()} {change.GetProperty("kind").GetString()}";
}
