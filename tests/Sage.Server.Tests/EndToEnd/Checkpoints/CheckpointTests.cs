using System.Text.Json;

namespace Sage.Server.Tests.EndToEnd.Checkpoints;

/// <summary>Reviewing, restoring and redoing over the wire, with real files.</summary>
[Trait("Category", "EndToEnd")]
public sealed class CheckpointTests
{
    private const string Start = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n";

    [Fact]
    public async Task One_hunk_is_kept_another_undone_with_a_reason_that_the_model_reads()
    {
        await using var server = await LiveServer.InitializedAsync();
        var session = await TwoHunksAsync(server);
        var file = Assert.Single(await PendingAsync(server, session));
        var hunks = file.GetProperty("hunks")
            .EnumerateArray()
            .Select(hunk => hunk.GetProperty("id").GetString())
            .ToList();
        Assert.Equal(2, hunks.Count);
        Assert.Equal(Start, await OriginalAsync(server, session));

        await server.Client.CallAsync("sage/hunk/keep", Hunk(session, hunks[0]!));
        var left = Assert.Single(await PendingAsync(server, session)).GetProperty("hunks").EnumerateArray();
        await server.Client.CallAsync(
            "sage/hunk/undo",
            Hunk(session, left.Single().GetProperty("id").GetString()!, ",\"reason\":\"Nine stays a word.\"")
        );

        Assert.Equal(Start.Replace("one", "1", StringComparison.Ordinal), server.Folder.Read("a.txt"));
        Assert.Empty(await PendingAsync(server, session));
        server.Model.Reply(r => r.Text("I see."));
        await RunAsync(server, session, "go on");
        var told = server.Model.ModelRequests[^1].Body.GetRawText();
        Assert.Contains("the user took back changes of yours in a.txt", told, StringComparison.Ordinal);
        Assert.Contains("Nine stays a word.", told, StringComparison.Ordinal);
        Assert.Empty(server.Model.Violations);
    }

    [Fact]
    public async Task A_hunk_that_was_reviewed_is_stale()
    {
        await using var server = await LiveServer.InitializedAsync();
        var session = await TwoHunksAsync(server);
        var id = Assert
            .Single(await PendingAsync(server, session))
            .GetProperty("hunks")[0]
            .GetProperty("id")
            .GetString()!;
        await server.Client.CallAsync("sage/hunk/undo", Hunk(session, id));

        Assert.Equal(
            Protocol.ErrorCodes.StaleHunk,
            (await server.Client.FailAsync("sage/hunk/undo", Hunk(session, id))).Code
        );
        Assert.Equal(
            Protocol.ErrorCodes.StaleHunk,
            (await server.Client.FailAsync("sage/hunk/keep", Hunk(session, id))).Code
        );
        var missing = await server.Client.FailAsync("sage/hunk/keep", $$"""{"sessionId":"{{session}}","hunkId":"x"}""");
        Assert.Equal(Protocol.ErrorCodes.InvalidParams, missing.Code);
    }

    [Fact]
    public async Task Files_go_back_to_before_a_prompt_and_forth_again_with_what_the_user_did_in_between_also_after_a_crash()
    {
        await using var first = await LiveServer.InitializedAsync();
        var session = await TwoHunksAsync(first);
        first.Model.Reply(r => r.ToolCall("write_file", new { path = "sub/new.txt", content = "new\n" }));
        first.Model.Reply(r => r.Text("Done."));
        await RunAsync(first, session, "a new file");
        first.Folder.Write("a.txt", first.Folder.Read("a.txt") + "mine\n");
        await first.KillAsync();

        await using var server = await first.AgainAsync();
        var points = await server.Client.CallAsync("sage/checkpoint/list", Of(session));
        Assert.Equal(
            [("t1", "change it", 1), ("t2", "a new file", 1)],
            points
                .GetProperty("checkpoints")
                .EnumerateArray()
                .Select(p => (Text(p, "turnId"), Text(p, "prompt"), p.GetProperty("files").GetInt32()))
        );
        var preview = await server.Client.CallAsync("sage/checkpoint/preview", Turn(session, "t1"));
        Assert.Equal(
            [("a.txt", "modified"), ("sub/new.txt", "deleted")],
            preview.GetProperty("files").EnumerateArray().Select(f => (Text(f, "path"), Text(f, "kind")))
        );
        Assert.True(File.Exists(server.Folder["sub/new.txt"]));

        var restored = await server.Client.CallAsync("sage/checkpoint/restore", Turn(session, "t1"));
        Assert.Empty(restored.GetProperty("left").EnumerateArray());
        Assert.Equal(Start + "mine\n", server.Folder.Read("a.txt"));
        Assert.False(File.Exists(server.Folder["sub/new.txt"]));

        server.Folder.Write("a.txt", "first of all\n" + server.Folder.Read("a.txt"));
        await server.Client.CallAsync("sage/checkpoint/redo", Of(session));
        Assert.Equal(
            "first of all\n1\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n9\nmine\n",
            server.Folder.Read("a.txt")
        );
        Assert.Equal("new\n", server.Folder.Read("sub/new.txt"));
        var nothing = await server.Client.FailAsync("sage/checkpoint/redo", Of(session));
        Assert.Equal(Protocol.ErrorCodes.UnknownCheckpoint, nothing.Code);
        var unknown = await server.Client.FailAsync("sage/checkpoint/restore", Turn(session, "t9"));
        Assert.Equal(Protocol.ErrorCodes.UnknownCheckpoint, unknown.Code);
    }

    [Fact]
    public async Task What_a_command_changed_is_undone_like_an_edit()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Folder.Write("a.txt", Start);
        server.Folder.Write("b.txt", "b\n");
        server.Model.Reply(r => r.ToolCall("run_command", new { command = "sed -i s/two/TWO/ a.txt && rm b.txt" }));
        server.Model.Reply(r => r.Text("Done."));
        var session = await server.NewSessionAsync();
        await RunAsync(server, session, "change it");
        Assert.Equal(
            [("a.txt", "modified"), ("b.txt", "deleted")],
            (await PendingAsync(server, session)).Select(file => (Text(file, "path"), Text(file, "kind")))
        );

        await server.Client.CallAsync("sage/hunk/undo", Of(session));

        Assert.Equal((Start, "b\n"), (server.Folder.Read("a.txt"), server.Folder.Read("b.txt")));
        Assert.Empty(await PendingAsync(server, session));
    }

    [Fact]
    public async Task Nothing_is_restored_while_a_turn_runs_but_hunks_are_reviewed()
    {
        await using var server = await LiveServer.InitializedAsync();
        var session = await TwoHunksAsync(server);
        server.Model.Reply(r => r.Text("Let me see").Silence());
        var (id, turn) = await server.PromptAsync(session, "think", "full");
        await server.UntilWorkingAsync("modelRequest", "streaming");

        var refused = await server.Client.FailAsync("sage/checkpoint/restore", Turn(session, "t1"));
        await server.Client.CallAsync("sage/hunk/undo", Of(session));

        Assert.Equal(Protocol.ErrorCodes.TurnRunning, refused.Code);
        Assert.Equal(Start, server.Folder.Read("a.txt"));
        await server.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");
        await turn;
    }

    private static async Task<string> TwoHunksAsync(LiveServer server)
    {
        server.Folder.Write("a.txt", Start);
        server.Model.Reply(r =>
            r.ToolCall(
                "edit_file",
                new
                {
                    path = "a.txt",
                    edits = new[]
                    {
                        new { old_text = "one", new_text = "1" },
                        new { old_text = "nine", new_text = "9" },
                    },
                }
            )
        );
        server.Model.Reply(r => r.Text("Done."));
        var session = await server.NewSessionAsync();
        await RunAsync(server, session, "change it");
        return session;
    }

    private static async Task RunAsync(LiveServer server, string session, string prompt)
    {
        var (_, turn) = await server.PromptAsync(session, prompt, "full");
        Assert.Equal("completed", Text((await turn).GetProperty("result"), "outcome"));
    }

    private static async Task<JsonElement[]> PendingAsync(LiveServer server, string session) =>
        [.. (await server.Client.CallAsync("sage/hunk/list", Of(session))).GetProperty("files").EnumerateArray()];

    private static async Task<string?> OriginalAsync(LiveServer server, string session)
    {
        var parameters = $$"""{"sessionId":"{{session}}","path":"a.txt"}""";
        return Text(await server.Client.CallAsync("sage/hunk/original", parameters), "text");
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string Of(string session) => $$"""{"sessionId":"{{session}}"}""";

    private static string Turn(string session, string turn) => $$"""{"sessionId":"{{session}}","turnId":"{{turn}}"}""";

    private static string Hunk(string session, string id, string more = "") =>
        $$"""{"sessionId":"{{session}}","path":"a.txt","hunkId":"{{id}}"{{more}}}""";
}
