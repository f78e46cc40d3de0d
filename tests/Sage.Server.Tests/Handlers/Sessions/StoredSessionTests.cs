using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Sage.Agent.ToolCalls;
using Sage.Protocol;
using Sage.Server.Tests.Fakes;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Handlers.Sessions;

/// <summary>What can be done to sessions beside running turns in them, over the wire and on a real disk.</summary>
public sealed class StoredSessionTests
{
    [Fact]
    public async Task A_session_is_called_what_its_user_calls_it_here_and_after_a_restart()
    {
        await using var rig = await ServerRig.InitializedOnDiskAsync();
        var session = await rig.NewSessionAsync();
        await RunAsync(rig, session, "Fix the cart");
        Assert.Equal("Fix the cart", (await ListAsync(rig)).Single().Title);

        await rig.Client.CallAsync("sage/session/rename", Json(("sessionId", session), ("title", " Carts ")));

        Assert.Equal("Carts", (await ListAsync(rig)).Single().Title);
        await using var other = await ServerRig.InitializedOnDiskAsync(rig);
        Assert.Equal("Carts", (await ListAsync(other)).Single().Title);
        Assert.Equal("Carts", (await ListAsync(other, "caRT")).Single().Title);
        Assert.Empty(await ListAsync(other, "cart till"));
    }

    [Theory]
    [InlineData("sage/session/rename", """{"sessionId":"s","title":" "}""", "title")]
    [InlineData("sage/session/rename", """{"sessionId":"s","title":"a\nb"}""", "title")]
    [InlineData("sage/session/fork", """{"sessionId":"s","atSeq":0}""", "atSeq")]
    [InlineData("sage/session/page", """{"sessionId":"s","beforeSeq":0}""", "beforeSeq")]
    [InlineData("sage/session/page", """{"sessionId":"s","beforeSeq":9,"limit":0}""", "limit")]
    [InlineData("sage/session/search", """{"query":" "}""", "query")]
    [InlineData("sage/session/search", """{"query":"x","limit":0}""", "limit")]
    [InlineData("sage/session/import", """{"text":""}""", "text")]
    public async Task A_request_that_cannot_be_meant_names_what_is_wrong(string method, string request, string named)
    {
        await using var rig = await ServerRig.InitializedOnDiskAsync();

        var (code, message) = await rig.Client.FailAsync(method, request);

        Assert.Equal(ErrorCodes.InvalidParams, code);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rename", ""","title":"x" """)]
    [InlineData("delete", "")]
    [InlineData("restore", "")]
    [InlineData("fork", "")]
    [InlineData("export", ""","format":"json" """)]
    [InlineData("page", ""","beforeSeq":3""")]
    public async Task A_session_that_does_not_exist_is_named(string method, string more)
    {
        await using var rig = await ServerRig.InitializedOnDiskAsync();

        var (code, message) = await rig.Client.FailAsync(
            $"sage/session/{method}",
            $$"""{"sessionId":"nope"{{more}}}"""
        );

        Assert.Equal(ErrorCodes.UnknownSession, code);
        Assert.Contains("nope", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_session_is_gone_until_it_is_restored()
    {
        await using var rig = await ServerRig.InitializedOnDiskAsync();
        var session = await rig.NewSessionAsync();
        await RunAsync(rig, session, "Fix the cart");

        await rig.Client.CallAsync("sage/session/delete", Json(("sessionId", session)));

        Assert.Empty(await ListAsync(rig));
        var trash = await rig.Client.CallAsync("sage/session/list", """{"deleted":true}""");
        Assert.Contains(session, trash.GetRawText(), StringComparison.Ordinal);
        var (code, _) = await rig.Client.FailAsync("sage/session/open", Json(("sessionId", session)));
        Assert.Equal(ErrorCodes.UnknownSession, code);

        await rig.Client.CallAsync("sage/session/restore", Json(("sessionId", session)));

        Assert.Equal("Fix the cart", (await ListAsync(rig)).Single().Title);
        Assert.Contains("Fix the cart", await OpenAsync(rig, session), StringComparison.Ordinal);
        await RunAsync(rig, session, "go on");
    }

    [Fact]
    public async Task A_session_that_runs_is_not_deleted()
    {
        var inside = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var tool = new FunctionTool(
            "wait",
            async (_, _, token) =>
            {
                inside.SetResult();
                await go.Task.WaitAsync(token);
                return ToolResult.Ok("done");
            }
        );
        await using var rig = await ServerRig.InitializedOnDiskAsync(null, tool);
        rig.Models.Client.Reply(ScriptedChatClient.Call("1", "wait"));
        var session = await rig.NewSessionAsync();
        var turn = RunAsync(rig, session, "go");
        await inside.Task;

        var (code, _) = await rig.Client.FailAsync("sage/session/delete", Json(("sessionId", session)));

        Assert.Equal(ErrorCodes.TurnRunning, code);
        go.SetResult();
        await turn;
    }

    [Fact]
    public async Task A_fork_begins_like_the_session_and_goes_its_own_way()
    {
        await using var rig = await ServerRig.InitializedOnDiskAsync();
        var session = await rig.NewSessionAsync();
        await RunAsync(rig, session, "first");
        await RunAsync(rig, session, "second");
        var second = (await EventsAsync(rig, session)).Last(e => e.Type == "turnStarted").Seq;

        var all = await ForkAsync(rig, session, null);
        var before = await ForkAsync(rig, session, second);
        var after = await ForkAsync(rig, session, 3);

        Assert.Equal(["first", "second"], await PromptsAsync(rig, all));
        Assert.Equal(["first"], await PromptsAsync(rig, before));
        Assert.Equal(["first"], await PromptsAsync(rig, after));
        var listed = (await ListAsync(rig)).Single(s => s.Id == before);
        Assert.Equal(("first (fork)", session), (listed.Title, listed.ForkedFrom));

        await RunAsync(rig, before, "another second");
        var sent = rig.Models.Client.Requests[^1].Where(m => m.Role == ChatRole.User).Select(m => m.Text);
        Assert.Equal(["first", "another second"], sent);
        Assert.Equal(["first", "second"], await PromptsAsync(rig, session));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(1000)]
    public async Task A_fork_at_an_event_that_is_not_there_is_refused_and_leaves_nothing(long atSeq)
    {
        await using var rig = await ServerRig.InitializedOnDiskAsync();
        var session = await rig.NewSessionAsync();
        await RunAsync(rig, session, "first");

        var (code, _) = await rig.Client.FailAsync(
            "sage/session/fork",
            $$"""{"sessionId":"{{session}}","atSeq":{{atSeq}}}"""
        );

        Assert.Equal(ErrorCodes.InvalidParams, code);
        Assert.Single(await ListAsync(rig));
    }

    [Fact]
    public async Task A_session_is_searched_by_what_was_said()
    {
        await using var rig = await ServerRig.InitializedOnDiskAsync();
        rig.Models.Client.Reply(new TextContent("The list is made anew each time."));
        var session = await rig.NewSessionAsync();
        await RunAsync(rig, session, "Why does the cart lose items?");
        await RunAsync(rig, await rig.NewSessionAsync(), "Something else");

        var found = await rig.Client.CallAsync("sage/session/search", """{"query":"ANEW list"}""");

        var match = Assert.Single(found.GetProperty("matches").EnumerateArray());
        Assert.Equal(session, match.GetProperty("sessionId").GetString());
        Assert.Contains("made anew", match.GetProperty("snippet").GetString(), StringComparison.Ordinal);
        var seq = match.GetProperty("seq").GetInt64();
        Assert.Contains((await EventsAsync(rig, session)), e => e.Seq == seq && e.Type == "replyEnded");
    }

    [Fact]
    public async Task A_second_window_reads_a_session_and_is_told_that_it_can_do_no_more_until_the_first_lets_go()
    {
        await using var second = await ServerRig.InitializedOnDiskAsync();
        var first = await ServerRig.InitializedOnDiskAsync(second);
        var session = await first.NewSessionAsync();
        await RunAsync(first, session, "Fix the cart");

        Assert.Contains("\"readOnly\":true", await OpenAsync(second, session), StringComparison.Ordinal);
        Assert.Contains("Fix the cart", await OpenAsync(second, session), StringComparison.Ordinal);
        foreach (var (method, more) in Changes)
        {
            var (code, message) = await second.Client.FailAsync(method, $$"""{"sessionId":"{{session}}"{{more}}}""");
            Assert.Equal((method, ErrorCodes.SessionReadOnly), (method, code));
            Assert.Contains("another window", message, StringComparison.Ordinal);
        }

        await RunAsync(first, session, "and the till");
        Assert.Contains("and the till", await OpenAsync(second, session), StringComparison.Ordinal);

        await first.DisposeAsync();
        await RunAsync(second, session, "go on");
        Assert.Contains("\"readOnly\":false", await OpenAsync(second, session), StringComparison.Ordinal);
        await second.Client.CallAsync("sage/session/delete", Json(("sessionId", session)));
    }

    [Fact]
    public async Task Older_events_of_a_long_session_come_in_pages()
    {
        await using var rig = await ServerRig.InitializedOnDiskAsync();
        var session = await rig.NewSessionAsync();
        for (var turn = 0; turn < 5; turn++)
        {
            await RunAsync(rig, session, $"prompt {turn}");
        }

        var all = await EventsAsync(rig, session);
        var before = all[^1].Seq + 1;
        List<long> paged = [];
        while (before > 1)
        {
            var page = await rig.Client.CallAsync(
                "sage/session/page",
                $$"""{"sessionId":"{{session}}","beforeSeq":{{before}},"limit":6}"""
            );
            var seqs = page.GetProperty("events")
                .EnumerateArray()
                .Select(e => e.GetProperty("seq").GetInt64())
                .ToList();
            Assert.InRange(seqs.Count, 1, 6);
            paged.InsertRange(0, seqs);
            before = seqs[0];
        }

        Assert.Equal(all.Select(e => e.Seq), paged);
    }

    private static IEnumerable<(string Method, string More)> Changes =>
        [
            ("sage/hunk/keep", ""),
            ("sage/hunk/undo", ""),
            ("sage/checkpoint/redo", ""),
            ("sage/turn/run", ""","input":[{"type":"text","text":"no"}]"""),
            ("sage/turn/queue", ""","id":"q1","input":[{"type":"text","text":"no"}]"""),
            ("sage/session/rename", ""","title":"no" """),
            ("sage/session/compact", ""),
            ("sage/session/delete", ""),
        ];

    internal static Task<JsonElement> RunAsync(ServerRig rig, string session, string prompt) =>
        rig.Client.CallAsync(
            "sage/turn/run",
            $$"""{"sessionId":"{{session}}","mode":"full","input":[{"type":"text","text":"{{prompt}}"}]}"""
        );

    internal static string Json(params (string Name, string Value)[] members) =>
        new JsonObject(members.Select(m => KeyValuePair.Create<string, JsonNode?>(m.Name, m.Value))).ToJsonString();

    internal static async Task<List<(long Seq, string Type, JsonElement Event)>> EventsAsync(
        ServerRig rig,
        string session
    ) =>
        [
            .. JsonElement
                .Parse(await OpenAsync(rig, session))
                .GetProperty("events")
                .EnumerateArray()
                .Select(e =>
                    (
                        e.GetProperty("seq").GetInt64(),
                        e.GetProperty("event").GetProperty("type").GetString()!,
                        e.GetProperty("event")
                    )
                ),
        ];

    private static async Task<string> OpenAsync(ServerRig rig, string session) =>
        (await rig.Client.CallAsync("sage/session/open", Json(("sessionId", session)))).GetRawText();

    private static async Task<IEnumerable<string?>> PromptsAsync(ServerRig rig, string session) =>
        (await EventsAsync(rig, session))
            .Where(e => e.Type == "turnStarted")
            .Select(e => e.Event.GetProperty("prompt").GetString());

    private static async Task<string> ForkAsync(ServerRig rig, string session, long? atSeq) =>
        (
            await rig.Client.CallAsync(
                "sage/session/fork",
                $$"""{"sessionId":"{{session}}","atSeq":{{atSeq?.ToString() ?? "null"}}}"""
            )
        )
            .GetProperty("sessionId")
            .GetString()!;

    private static async Task<List<(string Id, string Title, string? ForkedFrom)>> ListAsync(
        ServerRig rig,
        string? query = null
    ) =>
        [
            .. (await rig.Client.CallAsync("sage/session/list", query is null ? "{}" : Json(("query", query))))
                .GetProperty("sessions")
                .EnumerateArray()
                .Select(s =>
                    (
                        s.GetProperty("sessionId").GetString()!,
                        s.GetProperty("title").GetString()!,
                        s.TryGetProperty("forkedFrom", out var origin)
                            ? origin.GetProperty("sessionId").GetString()
                            : null
                    )
                ),
        ];
}
