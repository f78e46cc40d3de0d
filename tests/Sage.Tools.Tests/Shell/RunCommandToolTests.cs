using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.SupervisorHost;
using Sage.TestKit;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;
using Sage.Tools.Shell;

namespace Sage.Tools.Tests.Shell;

public sealed class RunCommandToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly RunCommandTool _tool;

    public RunCommandToolTests() => _tool = Tool(TimeProvider.System);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_model_is_told_this() =>
        GoldenFile.AssertMatches(
            "run_command.txt",
            $"{_tool.Definition.Description}\n\n{_tool.Definition.InputSchema.GetRawText()}"
        );

    [Fact]
    public async Task Output_and_exit_code_are_told()
    {
        var result = await _bench.RunAsync(_tool, """{"command": "echo out; echo err >&2; exit 3"}""");

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Matches(@"^out\nerr\n\n\[exit code 3, [0-9.]+ m?s\]\z", result.Text);
    }

    [Fact]
    public async Task A_silent_success_is_said()
    {
        var result = await _bench.RunAsync(_tool, """{"command": "true"}""");

        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.Matches(@"^\(no output\)\n\n\[exit code 0, ", result.Text);
    }

    [Fact]
    public async Task It_runs_in_the_workspace_or_a_folder_of_it()
    {
        _bench.Write("src/a.txt", "");

        Assert.StartsWith(_bench.Workspace.Root + "\n", (await _bench.RunAsync(_tool, """{"command": "pwd"}""")).Text);
        Assert.StartsWith(
            _bench.PathOf("src") + "\n",
            (await _bench.RunAsync(_tool, """{"command": "pwd", "cwd": "src"}""")).Text
        );
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var result = await _bench.RunAsync(_tool, """{"command": "pwd", "cwd": "nowhere"}""");

        Assert.Equal(ToolResult.Error("There is no folder nowhere to run the command in."), result);
    }

    [Theory]
    [InlineData("""{"command": "  "}""", "`command` is empty")]
    [InlineData("""{"command": "a\u0000b"}""", "NUL")]
    [InlineData("""{"command": "ls", "timeout_s": 0}""", "`timeout_s` must be from 1 to 600")]
    [InlineData("""{"command": "ls", "timeout_s": 601}""", "`timeout_s` must be from 1 to 600")]
    [InlineData("""{"command": "ls", "cwd": "/etc"}""", "outside the workspace")]
    [InlineData("""{"command": "ls", "shell": "zsh"}""", "unknown parameter `shell`")]
    [InlineData("""{}""", "missing parameter `command`")]
    public void A_wrong_argument_is_named(string input, string error) =>
        Assert.Contains(error, _bench.Reject(_tool, input), StringComparison.Ordinal);

    [Fact]
    public void A_command_longer_than_the_system_takes_is_refused()
    {
        var error = _bench.Reject(_tool, $$"""{"command": "echo {{new string('x', 120_000)}}"}""");

        Assert.Contains("Write it to a file", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_may_do_anything_needs_permission_and_the_workspace_for_itself()
    {
        var call = _bench.Accept(_tool, """{"command": "npm test\nnpm run lint"}""");

        Assert.Equal("npm test …", call.Title);
        Assert.Equal(
            (PermissionKind.Execute, "run_command(npm test\nnpm run lint)"),
            (call.Permission.Kind, call.Permission.Rule)
        );
        Assert.Same(ResourceAccess.WritesEverything, call.Access);
    }

    [Fact]
    public void A_command_that_only_reads_is_free_and_waits_for_writes_of_what_it_reads_only()
    {
        var call = _bench.Accept(_tool, """{"command": "cat a | sort"}""");

        Assert.Equal((PermissionKind.Read, "run_command(cat a | sort)"), (call.Permission.Kind, call.Permission.Rule));
        Assert.False(call.Access.ConflictsWith(call.Access));
        Assert.False(call.Access.ConflictsWith(ResourceAccess.Read(_bench.PathOf("a"))));
        Assert.True(call.Access.ConflictsWith(ResourceAccess.Write(_bench.PathOf("a"))));
        Assert.False(call.Access.ConflictsWith(ResourceAccess.Write(_bench.PathOf("b"))));
    }

    [Fact]
    public void A_grant_in_one_folder_is_not_a_grant_in_another()
    {
        var call = _bench.Accept(_tool, """{"command": "make", "cwd": "it's"}""");

        Assert.Equal($@"run_command(cd '{_bench.Workspace.Root}/it'\''s' && make)", call.Permission.Rule);
    }

    [Fact]
    public async Task A_link_that_leads_out_is_not_followed_without_asking()
    {
        File.WriteAllText(Path.Combine(_bench.Outside, "secret"), "hidden");
        File.CreateSymbolicLink(_bench.PathOf("innocent"), Path.Combine(_bench.Outside, "secret"));

        var result = await _bench.RunAsync(_tool, """{"command": "cat innocent"}""");

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.DoesNotContain("hidden", result.Text, StringComparison.Ordinal);
        Assert.Contains("outside the workspace", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_output_is_cut_and_kept_in_a_file()
    {
        var result = await _bench.RunAsync(
            _tool,
            """{"command": "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done"}"""
        );

        Assert.InRange(result.Text.Length, 25_000, _tool.Definition.OutputBudget);
        Assert.StartsWith("line 0\n", result.Text, StringComparison.Ordinal);
        Assert.Contains("line 19999\n\n[exit code 0, ", result.Text, StringComparison.Ordinal);
        var file = Assert.Single(Directory.GetFiles(_bench.SpillRoot, "*", SearchOption.AllDirectories));
        Assert.Contains(file, result.Text, StringComparison.Ordinal);
        Assert.Equal(20_000, File.ReadLines(file).Count());
    }

    [Fact]
    public async Task People_see_colours_and_the_model_does_not()
    {
        var result = await _bench.RunAsync(_tool, """{"command": "printf '\\033[31mred\\033[0m\\n'"}""");

        Assert.StartsWith("red\n", result.Text, StringComparison.Ordinal);
        Assert.Equal("\e[31mred\e[0m\n", string.Concat(_bench.Output));
    }

    [Fact]
    public async Task Output_is_shown_while_the_command_runs()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = _bench.Context() with
        {
            Output = text =>
            {
                seen.TrySetResult();
                return ValueTask.CompletedTask;
            },
        };
        var running = RunAsync(_tool, context, "echo early; while [ ! -e go ]; do sleep 0.02; done");

        await seen.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(running.IsCompleted);
        _bench.Write("go", "");

        Assert.Equal(ToolCallStatus.Ok, (await running).Status);
    }

    [Fact]
    public async Task What_was_left_running_is_ended_and_said()
    {
        var marker = new Marker();

        // A process that was only just forked would still bear its parent's name.
        const string started = "until grep -qs sleep /proc/$!/comm; do :; done";
        var result = await _bench.RunAsync(_tool, $$"""{"command": "{{marker.Sleep}} & {{started}}"}""");

        Assert.Equal(0, marker.CountAlive());
        Assert.EndsWith(
            "[1 background process was ended when the command finished: sleep]",
            result.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_timeout_stops_everything_and_keeps_the_output_so_far()
    {
        var time = new FakeTimeProvider();
        var marker = new Marker();
        var running = RunAsync(
            Tool(time),
            _bench.Context(),
            $"echo partial; (setsid {marker.Sleep} &); {marker.Sleep}"
        );
        await marker.WaitForSleepsAsync(2);

        time.Advance(TimeSpan.FromSeconds(RunCommandTool.DefaultTimeoutS));
        var result = await running.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(ToolCallStatus.TimedOut, result.Status);
        Assert.StartsWith("partial\n\n[timed out after 120 s", result.Text, StringComparison.Ordinal);
        Assert.Equal(0, marker.CountAlive());
    }

    [Fact]
    public async Task A_cancel_ends_the_tree_and_tells_what_was_stopped()
    {
        var marker = new Marker();
        var stopped = new ConcurrentQueue<StoppedWork>();
        var context = _bench.Context() with { ReportStopped = stopped.Enqueue };
        using var cancel = new CancellationTokenSource();
        var running = RunAsync(
            _tool,
            context,
            $"echo partial; (setsid sh -c '{marker.Sleep} & {marker.Sleep}' &); {marker.Sleep}",
            cancel.Token
        );
        await marker.WaitForSleepsAsync(3);

        await cancel.CancelAsync();
        var result = await running;

        Assert.Equal(ToolCallStatus.Cancelled, result.Status);
        Assert.Matches(
            @"^partial\n\n\[the user stopped it after [0-9.]+ m?s, with everything it had started\]\z",
            result.Text
        );
        Assert.Equal(0, marker.CountAlive());
        Assert.Equal(3, stopped.Count(work => work.What.StartsWith("sleep (process ", StringComparison.Ordinal)));
        Assert.All(stopped, work => Assert.Equal("ended by SIGTERM", work.How));
    }

    [Fact]
    public async Task A_second_stop_kills_at_once()
    {
        var marker = new Marker();
        using var cancel = new CancellationTokenSource();
        using var insist = new CancellationTokenSource();
        var running = RunAsync(
            _tool,
            _bench.Context() with
            {
                Kill = insist.Token,
            },
            $"trap '' TERM; {marker.Sleep}; true",
            cancel.Token
        );
        await marker.WaitForSleepsAsync(1);

        var asked = TimeProvider.System.GetTimestamp();
        await cancel.CancelAsync();
        await insist.CancelAsync();
        await running;

        Assert.Equal(0, marker.CountAlive());
        Assert.True(TimeProvider.System.GetElapsedTime(asked) < TimeSpan.FromSeconds(1.9));
    }

    [Theory]
    [InlineData("python3 -c 'input(\"Name: \")'")]
    [InlineData("printf 'Proceed? [Y/n] '; exit 1")]
    [InlineData("printf 'Password: '; read x")]
    [InlineData("git init -q . && git -c user.name=a -c user.email=a@b commit --allow-empty")]
    [InlineData("cat < /dev/tty")]
    public async Task A_command_that_wanted_an_answer_is_told_that_nobody_gives_one(string command)
    {
        var result = await RunAsync(_tool, _bench.Context(), command);

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains(
            "[it seems to have asked for input: there is no terminal",
            result.Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("echo 'Usage: tool [--yes]'; exit 1")]
    [InlineData("printf done")]
    [InlineData("echo 'What now?'")]
    [InlineData("false")]
    public async Task A_command_that_wanted_none_is_not(string command)
    {
        var result = await RunAsync(_tool, _bench.Context(), command);

        Assert.DoesNotContain("input", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_waits_for_somebody_to_type_is_stopped_long_before_its_time()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(100) };
        const string command = "python3 -c 'import pty; pty.spawn([\"sh\", \"-c\", \"read answer\"])'";
        var running = RunAsync(Tool(time), _bench.Context(), command);

        var waited = TimeSpan.Zero;
        while (!running.IsCompleted && waited < TimeSpan.FromSeconds(100))
        {
            time.Advance(CommandWatch.Interval);
            waited += CommandWatch.Interval;
            await Task.WhenAny(running, Task.Delay(50));
        }

        var result = await running;
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Matches(@"\[stopped after .*: sh \(process \d+\) waited for input, and nobody is there", result.Text);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_runs_starts_nothing()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _bench.RunAsync(_tool, """{"command": "touch ran"}""", cancel.Token)
        );

        Assert.False(File.Exists(_bench.PathOf("ran")));
    }

    [Fact]
    public void The_pipeline_waits_longer_than_the_tool()
    {
        var call = _bench.Accept(_tool, """{"command": "make", "timeout_s": 600}""");

        Assert.True(call.Timeout > TimeSpan.FromSeconds(610));
    }

    [Fact]
    public async Task What_a_command_changed_is_not_laid_at_the_users_door()
    {
        var read = new ReadFileTool(_bench.Files);
        _bench.Write("a.txt", "1\n");
        await _bench.RunAsync(read, """{"path": "a.txt"}""");
        var ran = await RunAsync(_tool, _bench.Context(), "echo 2 >> a.txt");

        Assert.Single(ran.Events.OfType<FileChanged>());
        Assert.Empty((await _bench.RunAsync(read, """{"path": "a.txt"}""")).Events);
    }

    private RunCommandTool Tool(TimeProvider time) =>
        new(
            new(TestSupervisor.Launch, Sandbox.Commands.EnvironmentScrub.Default, time),
            _bench.Paths,
            new FakeSpillFiles(_bench.SpillRoot),
            _bench.Commands,
            _bench.Sandbox,
            time
        );

    private static async Task<ToolResult> RunAsync(
        RunCommandTool tool,
        ToolContext context,
        string command,
        CancellationToken cancellationToken = default
    )
    {
        var input = System.Text.Json.JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["command"] = command }
        );
        var accepted = Assert.IsType<Preparation.Accepted>(tool.Prepare(input, context));
        return await accepted.Call.RunAsync(cancellationToken);
    }
}
