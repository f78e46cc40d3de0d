using System.Text.Json;
using Sage.Agent.ToolCalls;
using Sage.Server.Tests.Fakes;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Handlers.BackgroundWork;

public sealed class BackgroundRequestTests
{
    private readonly FakeBackgroundWork _work = new();

    [Fact]
    public async Task A_task_is_listed_while_it_runs_and_after()
    {
        await using var rig = await ServerRig.InitializedAsync(_work.Starting());
        var session = await StartAsync(rig);

        var running = Assert.Single(await ListAsync(rig, session));
        Assert.Equal("b1", running.GetProperty("taskId").GetString());
        Assert.Equal("serve", running.GetProperty("title").GetString());
        Assert.False(running.TryGetProperty("how", out _));

        await rig.Client.CallAsync("sage/background/stop", $$"""{"sessionId":"{{session}}","taskId":"b1"}""");

        Assert.Equal(1, _work.Stops);
        var ended = Assert.Single(await ListAsync(rig, session));
        Assert.Equal("stopped", ended.GetProperty("how").GetString());
    }

    [Fact]
    public async Task One_that_the_user_keeps_ends_here_and_how_to_go_on_with_it_is_said()
    {
        await using var rig = await ServerRig.InitializedAsync(_work.Starting());
        var session = await StartAsync(rig);
        var task = $$"""{"sessionId":"{{session}}","taskId":"b1"}""";

        var kept = await rig.Client.CallAsync("sage/background/keep", task);

        Assert.Equal("""{"shell":"/bin/sh","command":"serve --port 1","folder":"/work"}""", kept.GetRawText());
        Assert.Equal(1, _work.Stops);
        Assert.Equal("kept", Assert.Single(await ListAsync(rig, session)).GetProperty("how").GetString());
        var (_, said) = await rig.Client.FailAsync("sage/background/keep", task);
        Assert.Contains("has ended", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_its_output_can_be_asked_for()
    {
        await using var rig = await ServerRig.InitializedAsync(_work.Starting());
        var session = await StartAsync(rig);

        var output = await rig.Client.CallAsync(
            "sage/background/output",
            $$"""{"sessionId":"{{session}}","taskId":"b1"}"""
        );

        Assert.Equal("listening\n", output.GetProperty("text").GetString());
        Assert.Equal(0, output.GetProperty("offset").GetInt64());
    }

    [Fact]
    public async Task A_running_call_is_moved()
    {
        await using var rig = await ServerRig.InitializedAsync(Movable());
        rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "move"));
        var session = await rig.NewSessionAsync();
        var (_, turn) = await rig.Client.SendRequestAsync("sage/turn/run", Prompt(session));
        await rig.Client.WaitForAsync(message => message.ToString().Contains("toolOutput", StringComparison.Ordinal));

        var moved = await rig.Client.CallAsync(
            "sage/command/background",
            $$"""{"sessionId":"{{session}}","callId":"c1"}"""
        );

        Assert.Equal("b1", moved.GetProperty("taskId").GetString());
        Assert.Equal("completed", (await turn).GetProperty("result").GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("sage/background/stop", "taskId", "has no background task x")]
    [InlineData("sage/background/keep", "taskId", "has no background task x")]
    [InlineData("sage/background/output", "taskId", "has no background task x")]
    [InlineData("sage/command/background", "callId", "no command of call x is running")]
    public async Task What_is_not_there_is_named(string method, string member, string message)
    {
        await using var rig = await ServerRig.InitializedAsync();
        var session = await rig.NewSessionAsync();

        var (code, said) = await rig.Client.FailAsync(method, $$"""{"sessionId":"{{session}}","{{member}}":"x"}""");

        Assert.Equal(-32602, code);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    private FunctionTool Movable() =>
        new(
            "move",
            async (_, context, token) =>
            {
                using var offer = context.Background.Offer(context.CallId);
                await context.Output("running");
                await offer.Requested.WaitAsync(token);
                var task = await context.Background.AddAsync(context.CallId, "serve", _work);
                offer.Accept(task);
                return ToolResult.Ok(task.Id);
            }
        );

    private static async Task<string> StartAsync(ServerRig rig)
    {
        rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "start"));
        var session = await rig.NewSessionAsync();
        await rig.Client.CallAsync("sage/turn/run", Prompt(session));
        return session;
    }

    private static string Prompt(string session) =>
        $$"""{"sessionId":"{{session}}","mode":"full","input":[{"type":"text","text":"go"}]}""";

    private static async Task<List<JsonElement>> ListAsync(ServerRig rig, string session) =>
        [
            .. (await rig.Client.CallAsync("sage/background/list", $$"""{"sessionId":"{{session}}"}"""))
                .GetProperty("tasks")
                .EnumerateArray(),
        ];
}
