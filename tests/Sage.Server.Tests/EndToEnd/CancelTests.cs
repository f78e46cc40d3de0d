using System.Diagnostics;
using System.Text.Json.Nodes;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd;

/// <summary>
/// A stop in every wait there is, in both wire formats: the answer comes at once, the history stays valid (the scripted
/// model is strict about it), and the next turn works.
/// </summary>
[Trait("Category", "EndToEnd")]
public sealed class CancelTests
{
    // One unlucky moment of a busy machine is not a slow stop: the best of a few has to be in time.
    private const int Rounds = 3;
    private const int NoChildrenMs = 2 * 100;
    private const int ChildrenMs = 2 * 250;

    private static readonly Dictionary<string, Wait> Waits = new()
    {
        ["headers"] = new(
            reply => reply.GateBeforeHeaders(new ScriptedGate("never")),
            server => server.UntilWorkingAsync("modelRequest", "connecting")
        ),
        ["stream"] = new(
            reply => reply.Text("half").Silence(),
            server => server.UntilWorkingAsync("modelRequest", "streaming")
        ),
        ["rate limit"] = new(
            reply => reply.Http(429, headers: ("retry-after", "60")),
            server => server.UntilWorkingAsync("modelRequest", "backingOff")
        ),
        ["back-off"] = new(reply => reply.Http(503), server => server.UntilWorkingAsync("modelRequest", "backingOff")),
        ["permission"] = new(
            reply => reply.Text("May I?").ToolCall("run_command", new { command = "make" }),
            server => server.UntilWorkingAsync("toolCall", "waitingForUser")
        ),
        ["question"] = new(
            reply =>
                reply.RawToolCall(
                    "ask_user",
                    """{"questions":[{"question":"Which?","options":[{"label":"A"},{"label":"B"}]}]}"""
                ),
            server => server.Client.WaitForMethodAsync("sage/question/ask")
        ),
        ["command"] = new(
            reply => reply.ToolCall("run_command", new { command = "sleep 300 & sleep 300" }),
            server => server.UntilWorkingAsync("process", "running")
        )
        {
            Mode = "full",
            LimitMs = ChildrenMs,
        },
    };

    public static TheoryData<string, WireFormat> WaitsAndFormats
    {
        get
        {
            var data = new TheoryData<string, WireFormat>();
            foreach (var wait in Waits.Keys)
            {
                data.Add(wait, WireFormat.OpenAIChat);
                data.Add(wait, WireFormat.OpenAIResponses);
                data.Add(wait, WireFormat.Anthropic);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(WaitsAndFormats))]
    public async Task A_stop_is_answered_at_once_and_the_next_turn_works(string wait, WireFormat format)
    {
        var (reply, reached) = Waits[wait];
        await using var server = await ServerAsync(format);
        var session = await server.NewSessionAsync();
        var fastest = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            server.Model.Always(null, reply);
            fastest = Math.Min(fastest, await StopInAsync(server, session, reached, Waits[wait].Mode));
            await AssertNextTurnWorksAsync(server, session);
        }

        Assert.InRange(fastest, 0, Waits[wait].LimitMs);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_stop_while_it_connects_is_answered_at_once(WireFormat format)
    {
        using var hole = await BlackHole.OpenAsync();
        await using var server = await ServerAsync(format);
        var session = await server.NewSessionAsync();
        var model = server.ModelUrl;
        await UseModelAtAsync(server, hole.Url);

        var ms = await StopInAsync(server, session, s => s.UntilWorkingAsync("modelRequest", "connecting"));

        Assert.InRange(ms, 0, NoChildrenMs);
        await UseModelAtAsync(server, model);
        await AssertNextTurnWorksAsync(server, session);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat)]
    [InlineData(WireFormat.OpenAIResponses)]
    [InlineData(WireFormat.Anthropic)]
    public async Task A_stop_while_another_session_holds_the_workspace_is_answered_at_once(WireFormat format)
    {
        await using var server = await ServerAsync(format);
        await RunningCommand.StartInAsync(server);
        var session = await server.NewSessionAsync();
        server.Model.Reply(r => r.ToolCall("write_file", new { path = "new.txt", content = "x" }));

        var ms = await StopInAsync(
            server,
            session,
            s => s.UntilWorkingAsync("toolCall", "waitingForWorkspace"),
            mode: "full"
        );

        Assert.InRange(ms, 0, NoChildrenMs);
        Assert.False(File.Exists(server.Folder["new.txt"]));
        await AssertNextTurnWorksAsync(server, session);
    }

    private static async Task<LiveServer> ServerAsync(WireFormat format)
    {
        var server = await LiveServer.InitializedAsync(format);
        var never = new TaskCompletionSource<JsonNode?>();
        server.Client.Handle("sage/permission/request", _ => never.Task);
        server.Client.Handle("sage/question/ask", _ => never.Task);
        return server;
    }

    private static async Task<long> StopInAsync(
        LiveServer server,
        string session,
        Func<LiveServer, Task> reached,
        string mode = "ask"
    )
    {
        var (id, answer) = await server.PromptAsync(session, "go", mode);
        await reached(server);
        var clock = Stopwatch.StartNew();
        await server.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");
        var result = (await answer).GetProperty("result");
        var ms = clock.ElapsedMilliseconds;
        Assert.Equal("interrupted", result.GetProperty("outcome").GetString());
        Assert.NotEqual(0, result.GetProperty("stopped").GetArrayLength());
        return ms;
    }

    private static async Task AssertNextTurnWorksAsync(LiveServer server, string session)
    {
        // What the stopped turn left of the script is not for this one.
        server.Model.Clear();
        server.Client.Forget();
        server.Model.Reply(r => r.Text("fine"));
        var next = (await (await server.PromptAsync(session, "next")).Answer).GetProperty("result");
        Assert.Equal("completed", next.GetProperty("outcome").GetString());
        Assert.Empty(server.Model.Violations);
    }

    private static async Task UseModelAtAsync(LiveServer server, string url)
    {
        server.ModelUrl = url;
        await server.Client.NotifyAsync("workspace/didChangeConfiguration", """{"settings":null}""");
    }

    /// <param name="Reply">Brings the turn into the wait.</param>
    /// <param name="Reached">Ends when it is there.</param>
    private sealed record Wait(Action<ScriptedReply> Reply, Func<LiveServer, Task> Reached)
    {
        public string Mode { get; init; } = "ask";

        public int LimitMs { get; init; } = NoChildrenMs;
    }
}
