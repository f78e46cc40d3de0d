using System.Diagnostics;
using System.Text.Json;
using Sage.TestKit;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd;

[Trait("Category", "EndToEnd")]
public sealed class BackgroundTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_background_command_outlives_its_turn_and_a_request_ends_it()
    {
        await using var server = await LiveServer.InitializedAsync();
        var (session, marker) = await StartAsync(server);

        var listed = await server.Client.CallAsync("sage/background/list", $$"""{"sessionId":"{{session}}"}""");
        Assert.Equal(
            "b1",
            Assert.Single(listed.GetProperty("tasks").EnumerateArray()).GetProperty("taskId").GetString()
        );
        await RunningCommand.UntilRunningAsync(marker, 2);

        await server.Client.CallAsync("sage/background/stop", $$"""{"sessionId":"{{session}}","taskId":"b1"}""");

        await RunningCommand.AssertGoneAsync(marker);
        await server.Client.WaitForAsync(m => m.ToString().Contains("\"how\":\"stopped\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_running_command_is_moved_and_its_turn_goes_on()
    {
        await using var server = await LiveServer.InitializedAsync();
        var (command, marker) = RunningCommand.Create();
        server.Model.Reply(r => r.ToolCall("run_command", new { command })).Reply(r => r.Text("It runs."));
        var session = await server.NewSessionAsync();
        var (_, turn) = await server.PromptAsync(session, "serve", mode: "full");
        await RunningCommand.UntilRunningAsync(marker, 2);
        var started = await server.Client.WaitForAsync(m => Type(m) == "toolCallStarted");
        var call = started.GetProperty("params").GetProperty("event").GetProperty("callId").GetString();

        var moved = await server.Client.CallAsync(
            "sage/command/background",
            $$"""{"sessionId":"{{session}}","callId":"{{call}}"}"""
        );

        Assert.Equal("b1", moved.GetProperty("taskId").GetString());
        Assert.Equal("completed", (await turn).GetProperty("result").GetProperty("outcome").GetString());
        await RunningCommand.UntilRunningAsync(marker, 2);
        Assert.Contains(
            "moved it to the background as b1",
            Assert.Single(server.Model.ModelRequests[^1].LastToolResults),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task However_the_server_ends_its_background_commands_do_too(string signal)
    {
        await using var server = await LiveServer.InitializedAsync();
        var (_, marker) = await StartAsync(server);

        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{server.Pid}"]))!;
        await kill.WaitForExitAsync();

        await server.EndAsync();
        await RunningCommand.AssertGoneAsync(marker);
    }

    [Fact]
    public async Task Headless_they_end_before_the_turn_does()
    {
        await using var model = await ScriptedModelServer.StartAsync();
        using var home = new TempFolder();
        using var folder = new TempFolder();
        var (command, marker) = RunningCommand.Create();
        model
            .Reply(r => r.ToolCall("run_command", new { command, background = true }))
            .Reply(r => r.ToolCall("command_output", new { id = "b1" }))
            .Reply(r => r.Text("It runs."));
        string[] options = ["--provider", "openai", "--base-url", model.OpenAIUrl, "--model", "scripted-model"];
        var start = SageBinary.Start(
            home.Root,
            ["exec", .. options, "--cwd", folder.Root, "--mode", "full", "--json", "serve"]
        );
        start.Environment["SAGE_API_KEY"] = "a-key-for-tests";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();

        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(0, process.ExitCode);
        await RunningCommand.AssertGoneAsync(marker);
        var types = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line).GetProperty("event").GetProperty("type").GetString())
            .ToList();
        Assert.Equal(["backgroundEnded", "turnEnded"], types.TakeLast(2));
        Assert.Contains("[b1 is running, ", output, StringComparison.Ordinal);
    }

    private static async Task<(string Session, string Marker)> StartAsync(LiveServer server)
    {
        var (command, marker) = RunningCommand.Create();
        server
            .Model.Reply(r => r.ToolCall("run_command", new { command, background = true }))
            .Reply(r => r.Text("It runs."));
        var session = await server.NewSessionAsync();
        var (_, turn) = await server.PromptAsync(session, "serve", mode: "full");
        Assert.Equal("completed", (await turn).GetProperty("result").GetProperty("outcome").GetString());
        await RunningCommand.UntilRunningAsync(marker, 2);
        return (session, marker);
    }

    private static string? Type(JsonElement message) =>
        message.TryGetProperty("method", out var method) && method.GetString() == "sage/event"
            ? message.GetProperty("params").GetProperty("event").GetProperty("type").GetString()
            : null;
}
