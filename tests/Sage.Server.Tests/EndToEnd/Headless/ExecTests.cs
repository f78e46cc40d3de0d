using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Headless;

[Trait("Category", "EndToEnd")]
public sealed class ExecTests : HeadlessTest
{
    [Theory]
    [InlineData("openai")]
    [InlineData("openai-responses")]
    [InlineData("anthropic")]
    public async Task Twenty_rounds_of_tools_end_in_an_answer(string provider)
    {
        for (var i = 0; i < 20; i++)
        {
            var name = $"file{i}.txt";
            Folder.Write(name, $"content of {name}");
            Model.Reply(r => r.ToolCall("read_file", new { path = name }));
        }

        Model.Reply(r => r.Text("All read."));

        var run = await RunAsync(provider, "--json", "read twenty files");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Empty(Model.Violations);
        Assert.Equal(21, Model.ModelRequests.Count);
        Assert.Equal(20, run.Events.Count(e => Type(e) == "toolCallEnded" && Status(e) == "ok"));
        Assert.Equal("turnEnded", Type(run.Events[^1]));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("openai-responses")]
    [InlineData("anthropic")]
    public async Task Twenty_thousand_deltas_arrive_whole_and_in_order(string provider)
    {
        Model.Reply(r => r.Deltas(20_000));

        var run = await RunAsync(provider, "--json", "talk");

        Assert.Equal(0, run.ExitCode);
        var whole = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"w{i} "));
        var text = new StringBuilder();
        foreach (var delta in run.Events.Where(e => Type(e) == "textDelta").Select(e => e.GetProperty("event")))
        {
            Assert.Equal(text.Length, delta.GetProperty("offset").GetInt32());
            text.Append(delta.GetProperty("text").GetString());
        }

        Assert.Equal(whole, text.ToString());
        Assert.Equal(
            whole,
            run.Events.Single(e => Type(e) == "replyEnded").GetProperty("event").GetProperty("text").GetString()
        );
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("openai-responses")]
    [InlineData("anthropic")]
    public async Task Eight_sleeping_commands_are_alive_at_once(string provider)
    {
        var seconds = RunningCommand.Seconds(5);
        Model.Reply(r =>
        {
            for (var i = 0; i < 8; i++)
            {
                r.ToolCall("run_command", new { command = $"sleep {seconds}" });
            }
        });
        Model.Reply(r => r.Text("Slept."));

        var running = RunAsync(provider, "--json", "sleep eight times");
        await RunningCommand.UntilRunningAsync(seconds, 8);

        var run = await running;
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(8, run.Events.Count(e => Type(e) == "toolCallEnded" && Status(e) == "ok"));
    }

    [Fact]
    public async Task Interrupting_a_command_is_exit_130_and_leaves_no_child()
    {
        var (command, marker) = RunningCommand.Create();
        Model.Reply(r => r.ToolCall("run_command", new { command }));
        using var process = Process.Start(Exec("openai", "--mode", "full", "--json", "sleep"))!;
        var output = process.StandardOutput.ReadToEndAsync();
        await RunningCommand.UntilRunningAsync(marker, 2);

        using var kill = Process.Start(new ProcessStartInfo("kill", ["-INT", $"{process.Id}"]))!;
        await process.WaitForExitAsync().WaitAsync(HeadlessRun.Patience);

        Assert.Equal(130, process.ExitCode);
        await RunningCommand.AssertGoneAsync(marker);
        var last = JsonElement.Parse((await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.Equal("interrupted", last.GetProperty("event").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_wrong_key_is_exit_1_with_what_to_do_and_the_key_is_in_no_log()
    {
        Model.ExpectedKey = "the-right-key";

        var run = await RunAsync("openai", "hi");

        Assert.Equal(1, run.ExitCode);
        Assert.NotEmpty(run.Error);
        var written = Directory.EnumerateFiles(Home.Root, "*", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.DoesNotContain(written, text => text.Contains("a-key-for-tests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_endpoint_is_exit_1_and_named()
    {
        var dead = await ScriptedModelServer.StartAsync();
        await dead.DisposeAsync();

        var run = await RunAtAsync(dead.OpenAIUrl, "openai", "hi");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("127.0.0.1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_model_answers_without_any_key()
    {
        Folder.Write("README.md", "# A project\n");
        Folder.Write("src/a.ts", "const a = 1; // TODO: name it\n");

        var run = await HeadlessRun.OfAsync(
            SageBinary.Start(Home.Root, "exec", "--cwd", Folder.Root, "--provider", "demo", "hello")
        );

        Assert.Equal(0, run.ExitCode);
        // What it reports was found by the real tools.
        Assert.Contains("rules, no AI", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 open TODO", run.Output, StringComparison.Ordinal);
        Assert.Contains("A project", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_nobody_should_swallow_whole_are_named_and_the_next_call_works()
    {
        var line = Encoding.ASCII.GetBytes(new string('x', 1023) + "\n");
        using (var big = File.Create(Folder["big.log"]))
        {
            for (var written = 0; written < 200 * 1024 * 1024; written += line.Length)
            {
                big.Write(line);
            }
        }

        Folder.Write("program.bin", [0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 3]);
        Folder.Write("latin1.txt", [0x63, 0x61, 0x66, 0xe9, 0x0a]);
        Model.Reply(r =>
            r.ToolCall("read_file", new { path = "big.log" })
                .ToolCall("read_file", new { path = "program.bin" })
                .ToolCall("read_file", new { path = "latin1.txt" })
                .ToolCall(
                    "read_file",
                    new
                    {
                        path = "big.log",
                        start_line = 200_000,
                        end_line = 200_001,
                    }
                )
                .ToolCall("read_file", new { path = "../outside.txt" })
        );
        Model.Reply(r => r.Text("Done."));

        var run = await RunAsync("openai", "--json", "read them");

        var results = run.Events.Where(e => Type(e) == "toolCallEnded").ToList();
        Assert.Equal(["error", "error", "ok", "ok", "error"], results.Select(Status));
        Assert.Contains("start_line", Text(results[0]), StringComparison.Ordinal);
        Assert.Contains("program.bin", Text(results[1]), StringComparison.Ordinal);
        Assert.Contains("café", Text(results[2]), StringComparison.Ordinal);
        Assert.Contains("outside", Text(results[4]), StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Version_doctor_and_usage_have_their_exit_codes()
    {
        var version = await HeadlessRun.OfAsync(SageBinary.Start(Home.Root, "--version"));
        var doctor = await HeadlessRun.OfAsync(SageBinary.Start(Home.Root, "doctor"));
        var usage = await HeadlessRun.OfAsync(SageBinary.Start(Home.Root, "exec", "--mode", "yolo", "x"));

        Assert.Equal(0, version.ExitCode);
        Assert.Equal((0, ""), (doctor.ExitCode, doctor.Error));
        Assert.All(
            doctor.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("^(ok|warn|fail) ", line)
        );
        Assert.Contains("nothing they start outlives them", doctor.Output, StringComparison.Ordinal);
        Assert.Equal(2, usage.ExitCode);
    }

    private Task<HeadlessRun> RunAsync(string provider, params string[] arguments) =>
        HeadlessRun.OfAsync(Exec(provider, arguments));

    private Task<HeadlessRun> RunAtAsync(string url, string provider, string prompt) =>
        HeadlessRun.OfAsync(HeadlessRun.Exec(provider, url, Home.Root, Folder.Root, [prompt]));

    private ProcessStartInfo Exec(string provider, params string[] arguments) =>
        HeadlessRun.Exec(
            provider,
            provider == "anthropic" ? Model.Url : Model.OpenAIUrl,
            Home.Root,
            Folder.Root,
            arguments
        );

    private static string Type(JsonElement envelope) => envelope.GetProperty("event").GetProperty("type").GetString()!;

    private static string Text(JsonElement envelope) => envelope.GetProperty("event").GetProperty("text").GetString()!;

    private static string Status(JsonElement envelope) =>
        envelope.GetProperty("event").GetProperty("status").GetString()!;
}
