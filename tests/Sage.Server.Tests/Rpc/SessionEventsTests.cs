using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol;
using Sage.Server.Tests.Fakes;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Rpc;

public sealed class SessionEventsTests
{
    [Fact]
    public async Task A_turn_streams_its_events_in_order_and_answers_after_the_last_one()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Models.Client.Reply(new TextContent("Hello "), new TextContent("there."));
        var session = await rig.NewSessionAsync();

        var result = await rig.Client.CallAsync("sage/turn/run", Prompt(session, "hi"));

        Assert.Equal("completed", result.GetProperty("outcome").GetString());
        var events = Events(rig);
        Assert.Equal("turnEnded", Type(events[^1]));
        var seqs = events
            .Where(e => e.TryGetProperty("seq", out _))
            .Select(e => e.GetProperty("seq").GetInt64())
            .ToList();
        Assert.Equal(Enumerable.Range(1, seqs.Count).Select(i => (long)i), seqs);
        Assert.Equal("Hello there.", string.Concat(events.Where(e => Type(e) == "textDelta").Select(Text)));
        var last = rig.Client.Received.ToList().FindLastIndex(IsEvent);
        var answer = rig
            .Client.Received.ToList()
            .FindIndex(m => m.TryGetProperty("result", out var r) && r.TryGetProperty("outcome", out _));
        Assert.True(last < answer, "The answer came before the last event.");
    }

    [Fact]
    public async Task Cancelling_a_turn_answers_it_as_interrupted_and_takes_the_question_back()
    {
        var edit = new FunctionTool("edit", (_, _, _) => Task.FromResult(ToolResult.Ok("edited")))
        {
            Kind = PermissionKind.Edit,
        };
        await using var rig = await ServerRig.InitializedAsync(edit);
        rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "edit"));
        var never = new TaskCompletionSource<JsonNode?>();
        rig.Client.Handle("sage/permission/request", _ => never.Task);
        var session = await rig.NewSessionAsync();
        var (id, answer) = await rig.Client.SendRequestAsync("sage/turn/run", Prompt(session, "edit it"));
        var asked = await rig.Client.WaitForMethodAsync("sage/permission/request");

        await rig.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        var result = (await answer).GetProperty("result");
        Assert.Equal("interrupted", result.GetProperty("outcome").GetString());
        var cancelled = await rig.Client.WaitForMethodAsync("$/cancelRequest");
        Assert.Equal(asked.GetProperty("id").ToString(), cancelled.GetProperty("params").GetProperty("id").ToString());
        never.SetResult(null);
    }

    [Fact]
    public async Task The_client_hears_of_a_call_before_it_is_asked_about_it()
    {
        var edit = new FunctionTool("edit", (_, _, _) => Task.FromResult(ToolResult.Ok("edited")))
        {
            Kind = PermissionKind.Edit,
        };
        await using var rig = await ServerRig.InitializedAsync(edit);
        rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "edit"));
        rig.Client.Handle("sage/permission/request", _ => JsonNode.Parse("""{"decision":"allow","scope":"session"}"""));
        var session = await rig.NewSessionAsync();

        await rig.Client.CallAsync("sage/turn/run", Prompt(session, "edit it"));

        var all = rig.Client.Received.ToList();
        var started = all.FindIndex(m => IsEvent(m) && Type(m.GetProperty("params")) == "toolCallStarted");
        var asked = all.FindIndex(m =>
            m.TryGetProperty("method", out var name) && name.GetString() == "sage/permission/request"
        );
        Assert.InRange(started, 0, asked - 1);
        Assert.Equal("ok", Ended(rig).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_client_that_cannot_ask_the_user_denies()
    {
        var edit = new FunctionTool("edit", (_, _, _) => Task.FromResult(ToolResult.Ok("edited")))
        {
            Kind = PermissionKind.Edit,
        };
        await using var rig = await ServerRig.InitializedAsync(edit);
        rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "edit"));
        var session = await rig.NewSessionAsync();

        await rig.Client.CallAsync("sage/turn/run", Prompt(session, "edit it"));

        Assert.Equal("denied", Ended(rig).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_second_turn_in_one_session_is_refused_while_the_first_runs()
    {
        var release = new TaskCompletionSource();
        var wait = new FunctionTool(
            "wait",
            async (_, _, token) =>
            {
                await release.Task.WaitAsync(token);
                return ToolResult.Ok("ok");
            }
        );
        await using var rig = await ServerRig.InitializedAsync(wait);
        rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "wait"));
        var session = await rig.NewSessionAsync();
        var (_, first) = await rig.Client.SendRequestAsync("sage/turn/run", Prompt(session, "wait"));
        await rig.Client.WaitForAsync(m => IsEvent(m) && Type(m.GetProperty("params")) == "toolCallStarted");

        var (code, _) = await rig.Client.FailAsync("sage/turn/run", Prompt(session, "again"));

        Assert.Equal(ErrorCodes.TurnRunning, code);
        release.SetResult();
        Assert.Equal("completed", (await first).GetProperty("result").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_session_that_does_not_exist_is_said_to_be_unknown()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var (code, _) = await rig.Client.FailAsync("sage/session/open", """{"sessionId":"nope"}""");

        Assert.Equal(ErrorCodes.UnknownSession, code);
    }

    [Fact]
    public async Task Opening_a_session_replays_it_from_the_wanted_event_on()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var session = await rig.NewSessionAsync();
        await rig.Client.CallAsync("sage/turn/run", Prompt(session, "hi"));

        var opened = await rig.Client.CallAsync("sage/session/open", $$"""{"sessionId":"{{session}}","fromSeq":2}""");

        Assert.Equal(2, opened.GetProperty("events")[0].GetProperty("seq").GetInt64());
        Assert.False(opened.GetProperty("running").GetBoolean());
    }

    [Fact]
    public async Task Without_a_folder_a_session_is_refused_with_what_to_do()
    {
        await using var rig = new ServerRig().Start();
        await rig.Client.CallAsync("initialize", """{"processId":null,"capabilities":{},"workspaceFolders":null}""");

        var (code, message) = await rig.Client.FailAsync("sage/session/create", "{}");

        Assert.Equal(ErrorCodes.NoWorkspace, code);
        Assert.Contains("Open a folder", message, StringComparison.Ordinal);
    }

    private static string Prompt(string session, string text) =>
        $$"""{"sessionId":"{{session}}","input":[{"type":"text","text":"{{text}}"}]}""";

    private static List<JsonElement> Events(ServerRig rig) =>
        [.. rig.Client.Received.Where(IsEvent).Select(m => m.GetProperty("params"))];

    private static JsonElement Ended(ServerRig rig) =>
        Events(rig).Single(e => Type(e) == "toolCallEnded").GetProperty("event");

    private static bool IsEvent(JsonElement message) =>
        message.TryGetProperty("method", out var method) && method.GetString() == "sage/event";

    private static string Type(JsonElement envelope) => envelope.GetProperty("event").GetProperty("type").GetString()!;

    private static string Text(JsonElement envelope) => envelope.GetProperty("event").GetProperty("text").GetString()!;
}
