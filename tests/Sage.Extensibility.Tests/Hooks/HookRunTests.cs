using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Protocol;
using Sage.Protocol.Events;

namespace Sage.Extensibility.Tests.Hooks;

/// <summary>What a hook is given, what it can say, and what becomes of those that do not behave.</summary>
public sealed class HookRunTests : IDisposable
{
    private readonly HookRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_hook_reads_the_event_as_JSON_and_knows_where_it_is()
    {
        _rig.Configure(
            "PreToolUse",
            "cat > got.json; echo \"$SAGE_PROJECT_DIR|$CLAUDE_PROJECT_DIR|$PWD|$TEST_API_KEY\" > got.env"
        );
        Environment.SetEnvironmentVariable("TEST_API_KEY", "secret");

        await _rig.BeforeAsync();

        Environment.SetEnvironmentVariable("TEST_API_KEY", null);
        var got = JsonElement.Parse(_rig.Folder.Read("got.json"));
        Assert.Equal(
            ("s1", _rig.Folder.Root, "autoEdit", "PreToolUse", "run_command", "c1", "ls"),
            (
                got.GetProperty("session_id").GetString(),
                got.GetProperty("cwd").GetString(),
                got.GetProperty("permission_mode").GetString(),
                got.GetProperty("hook_event_name").GetString(),
                got.GetProperty("tool_name").GetString(),
                got.GetProperty("tool_use_id").GetString(),
                got.GetProperty("tool_input").GetProperty("command").GetString()
            )
        );
        var root = _rig.Folder.Root;
        Assert.Equal($"{root}|{root}|{root}|\n", _rig.Folder.Read("got.env"));
    }

    [Fact]
    public async Task Exit_code_2_denies_with_what_was_said_on_the_error_stream()
    {
        _rig.Configure("PreToolUse", "cat > /dev/null; echo 'No deletes here.' >&2; exit 2");

        var answer = await _rig.BeforeAsync();

        Assert.Equal((HookDecision.Deny, "No deletes here.", null), (answer.Decision, answer.Reason, answer.Failure));
    }

    [Theory]
    [InlineData("exit 1", "It ended with exit code 1.")]
    [InlineData("echo 'no such thing' >&2; exit 127", "It ended with exit code 127. It said: no such thing")]
    [InlineData("./missing.sh", "It ended with exit code 127.")]
    [InlineData("kill -9 $$", "It was ended by SIGKILL.")]
    [InlineData("echo '{ not json'", "What it said begins like JSON and is none")]
    [InlineData("echo '{\"decision\":\"maybe\"}'", "It decided maybe, which is none of allow, ask, deny and block.")]
    public async Task A_hook_that_does_not_work_says_so_and_decides_nothing(string command, string failure)
    {
        _rig.Configure("PostToolUse", command);
        var after = new HookEvent.AfterTool(
            HookRig.Scene,
            _rig.Call("run_command", """{"command":"ls"}"""),
            ToolCallStatus.Ok,
            "a.ts"
        );
        var answer = Assert.Single((await _rig.RunAsync(after)).Answers);

        Assert.Null(answer.Decision);
        Assert.StartsWith(failure, answer.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_says_all_there_is_to_say()
    {
        Say(
            """{"systemMessage":"Hi.","hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask","permissionDecisionReason":"Friday.","updatedInput":{"command":"ls -l"},"additionalContext":"Mind\u200b the gap."}}"""
        );

        var answer = await _rig.BeforeAsync();

        Assert.Equal(
            (HookDecision.Ask, "Friday.", "Hi.", "Mind the gap.", """{"command":"ls -l"}"""),
            (answer.Decision, answer.Reason, answer.Message, answer.Context, answer.Input?.GetRawText())
        );
    }

    [Theory]
    [InlineData("""{"decision":"block","reason":"no"}""", HookDecision.Deny)]
    [InlineData("""{"decision":"approve"}""", HookDecision.Allow)]
    [InlineData("""{"continue":false,"stopReason":"no"}""", HookDecision.Deny)]
    [InlineData("{}", null)]
    public async Task Older_words_are_understood(string said, HookDecision? decision)
    {
        Say(said);

        Assert.Equal(decision, (await _rig.BeforeAsync()).Decision);
    }

    [Fact]
    public async Task A_question_is_answered_in_words_of_its_own()
    {
        _rig.Configure(
            "PermissionRequest",
            """echo '{"hookSpecificOutput":{"decision":{"behavior":"deny","message":"Never."}}}'"""
        );

        var verdict = await _rig.RunAsync(
            new HookEvent.PermissionNeeded(HookRig.Scene, _rig.Call("run_command", "{}"))
        );

        Assert.Equal((HookDecision.Deny, "Never."), (verdict.Decision, verdict.Answers[0].Reason));
    }

    [Theory]
    [InlineData(true, "main")]
    [InlineData(false, null)]
    public async Task Plain_words_are_for_the_model_where_it_is_about_a_prompt(bool isPrompt, string? context)
    {
        _rig.Configure(isPrompt ? "UserPromptSubmit" : "PreToolUse", "echo main");

        var verdict = await _rig.RunAsync(
            isPrompt ? new HookEvent.PromptSubmitted(HookRig.Scene, "hello") : _rig.Before()
        );

        Assert.Equal(context, Assert.Single(verdict.Answers).Context);
    }

    [Fact]
    public async Task A_hook_that_hangs_is_ended_in_time_with_everything_that_it_started()
    {
        _rig.Configure("PreToolUse", "sleep 1000 & echo $! > pid; trap '' TERM; sleep 1000", ", \"timeout\": 10");
        var running = _rig.BeforeAsync();
        await _rig.Time.PassAsync(TimeSpan.FromSeconds(10));

        var answer = await running;

        Assert.Equal("It took longer than 10 s and was stopped.", answer.Failure);
        if (File.Exists(_rig.Folder["pid"]) && _rig.Folder.Read("pid").Trim() is { Length: > 0 } pid)
        {
            Assert.Throws<ArgumentException>(() =>
                Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture))
            );
        }
    }

    [Fact]
    public async Task What_a_hook_leaves_behind_does_not_outlive_it()
    {
        _rig.Configure("PreToolUse", "sleep 1000 & echo $! > pid");

        await _rig.BeforeAsync();

        var pid = int.Parse(_rig.Folder.Read("pid"), CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }

    [Fact]
    public async Task Stopping_the_turn_ends_a_hook()
    {
        _rig.Configure("PreToolUse", "sleep 1000");
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var before = _rig.Before() with
        {
            Scene = HookRig.Scene with
            {
                StartProcess = (_, _) =>
                {
                    started.SetResult();
                    return new CancellationTokenRegistration();
                },
            },
        };
        var running = _rig.RunAsync(before, stop.Token);
        await started.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_hook_that_says_too_much_is_read_to_its_end_and_not_believed()
    {
        _rig.Configure("PreToolUse", "printf '{\"a\":\"'; head -c 3000000 /dev/zero | tr '\\0' x; printf '\"}'");

        var answer = await _rig.BeforeAsync();

        Assert.Equal("It said more than 64 KB, so its answer was not read.", answer.Failure);
    }

    [Fact]
    public async Task A_hook_need_not_read_what_it_is_given()
    {
        Say("""{"decision":"block","reason":"no"}""");
        var many = JsonSerializer.Serialize(new { command = new string('x', 500_000) });

        Assert.Equal(HookDecision.Deny, (await _rig.BeforeAsync("run_command", many)).Decision);

        _rig.Configure("PreToolUse", "wc -c > count");
        await _rig.BeforeAsync("run_command", many);
        Assert.True(int.Parse(_rig.Folder.Read("count"), CultureInfo.InvariantCulture) > 500_000);
    }

    [Fact]
    public async Task Hooks_for_one_event_run_at_the_same_time_and_answer_in_the_order_of_the_file()
    {
        // Each waits for the other: one after the other would never end.
        const string first = "touch one; while [ ! -e two ]; do sleep 0.02; done; echo '{\"decision\":\"approve\"}'";
        const string second = "touch two; while [ ! -e one ]; do sleep 0.02; done; echo no >&2; exit 2";
        _rig.Own = $$"""{ "PreToolUse": [ { "hooks": [ {{HookRig.Entry(first)}}, {{HookRig.Entry(second)}} ] } ] }""";

        var verdict = await _rig.RunAsync(_rig.Before());

        Assert.Equal([HookDecision.Allow, HookDecision.Deny], verdict.Answers.Select(answer => answer.Decision));
        Assert.Equal(HookDecision.Deny, verdict.Decision);
    }

    [Fact]
    public async Task A_hook_can_be_tried_and_its_answer_is_told_in_words()
    {
        _rig.Configure("PreToolUse", "cat > /dev/null; echo 'Not now.' >&2; exit 2");
        var hook = Assert.Single(_rig.Hooks.List(_rig.Workspace).Hooks);

        var result = await _rig.Hooks.TestAsync(hook.Id, _rig.Workspace, CancellationToken.None);

        Assert.Equal((2, "It would be denied. Reason: Not now."), (result.ExitCode, result.Answer));
        Assert.Contains("\"command\":\"echo hello\"", result.Input, StringComparison.Ordinal);
        Assert.Equal("Not now.\n", result.Errors);
        await Assert.ThrowsAsync<SageException>(() =>
            _rig.Hooks.TestAsync("gone", _rig.Workspace, CancellationToken.None)
        );
    }

    private void Say(string json) => _rig.Configure("PreToolUse", $"echo '{json}'");
}
