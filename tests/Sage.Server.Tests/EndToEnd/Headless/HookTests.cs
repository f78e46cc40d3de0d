using System.Text.Json;

namespace Sage.Server.Tests.EndToEnd.Headless;

/// <summary>The published program with hooks in real shells.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HookTests : HeadlessTest
{
    [Fact]
    public async Task A_hook_denies_a_call_with_its_reason_and_the_turn_goes_on()
    {
        Own("PreToolUse", "cat > got.json; echo 'Production is frozen.' >&2; exit 2", "run_command");
        Model.Reply(r => r.ToolCall("run_command", new { command = "touch ran" }).ToolCall("list_directory", new { }));
        Model.Reply(r => r.Text("Then not."));

        var run = await RunAsync("--mode", "full");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["denied", "ok"], run.Results.Select(result => result.Status));
        Assert.Contains("Production is frozen.", run.Results[0].Text, StringComparison.Ordinal);
        Assert.Contains("Production is frozen.", Model.ModelRequests[1].Body.GetRawText(), StringComparison.Ordinal);
        Assert.False(File.Exists(Folder["ran"]));
        Assert.Equal(
            "touch ran",
            JsonElement.Parse(Folder.Read("got.json")).GetProperty("tool_input").GetProperty("command").GetString()
        );
        var ran = Assert.Single(Of(run, "hookRan"));
        Assert.Equal(("preToolUse", "denied"), (Text(ran, "on"), Text(ran, "effect")));
    }

    [Fact]
    public async Task What_a_hook_wants_to_be_asked_is_denied_headless_and_what_it_allows_runs()
    {
        Own(
            "PreToolUse",
            """grep -q friday && echo '{"hookSpecificOutput":{"permissionDecision":"ask","permissionDecisionReason":"It is Friday."}}' || echo '{"hookSpecificOutput":{"permissionDecision":"allow"}}'"""
        );
        Model.Reply(r =>
            r.ToolCall("run_command", new { command = "touch friday" })
                .ToolCall("run_command", new { command = "touch monday" })
        );
        Model.Reply(r => r.Text("Done."));

        var run = await RunAsync();

        Assert.Equal(["denied", "ok"], run.Results.Select(result => result.Status));
        Assert.True(File.Exists(Folder["monday"]));
        Assert.False(File.Exists(Folder["friday"]));
        Assert.Equal(["asked", "allowed"], Of(run, "hookRan").Select(ran => Text(ran, "effect")));
    }

    [Fact]
    public async Task Hooks_that_were_written_for_another_agent_change_arguments_and_add_words()
    {
        Folder.Write(
            ".claude/settings.json",
            """
            { "hooks": {
                "PreToolUse": [ { "matcher": "Write", "hooks": [ { "type": "command",
                  "command": "printf '{\"hookSpecificOutput\":{\"updatedInput\":{\"file_path\":\"%s/a.txt\",\"content\":\"changed\"}}}' \"$CLAUDE_PROJECT_DIR\"" } ] } ],
                "PostToolUse": [ { "matcher": "Write|Edit", "hooks": [ { "type": "command",
                  "command": "cat > after.json; echo '{\"decision\":\"block\",\"reason\":\"Format it.\"}'" } ] } ]
            } }
            """
        );
        Model.Reply(r => r.ToolCall("write_file", new { path = "a.txt", content = "original" }));
        Model.Reply(r => r.Text("Done."));

        var run = await RunAsync("--mode", "full", "--trust-project");

        Assert.Equal("changed", Folder.Read("a.txt"));
        var text = Assert.Single(run.Results).Text;
        Assert.StartsWith("A hook changed the arguments of this call to", text, StringComparison.Ordinal);
        Assert.EndsWith("Format it.", text, StringComparison.Ordinal);
        var after = JsonElement.Parse(Folder.Read("after.json"));
        Assert.Equal("Write", Text(after, "tool_name"));
        Assert.Equal(Folder["a.txt"], Text(after.GetProperty("tool_input"), "file_path"));
        Assert.Equal("bypassPermissions", Text(after, "permission_mode"));
    }

    [Fact]
    public async Task A_prompt_is_added_to_or_kept_from_the_model()
    {
        Own(
            "UserPromptSubmit",
            "grep -q secret && { echo 'Not with this model.' >&2; exit 2; }; echo 'The branch is main.'"
        );
        Model.Reply(r => r.Text("Hello."));

        var sent = await RunAsync();

        Assert.Equal(0, sent.ExitCode);
        Assert.Contains("The branch is main.", Model.ModelRequests[0].Body.GetRawText(), StringComparison.Ordinal);

        var denied = await HeadlessRun.OfAsync(
            HeadlessRun.Exec(Model, Home.Root, Folder.Root, "--json", "the secret plan")
        );

        Assert.Equal(1, denied.ExitCode);
        Assert.Single(Model.ModelRequests);
        var error = Assert.Single(Of(denied, "turnEnded")).GetProperty("error");
        Assert.Equal("hookDenied", Text(error, "code"));
        Assert.Contains("Not with this model.", Text(error, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_goes_on_once_when_a_hook_wants_it_and_its_session_has_a_beginning_and_an_end()
    {
        Home.Write(
            "settings.json",
            """
            { "hooks": {
                "SessionStart": [ { "hooks": [ { "command": "cat >> log; echo >> log" } ] } ],
                "Stop": [ { "hooks": [ { "command": "cat >> log; echo >> log; echo 'The tests fail.' >&2; exit 2" } ] } ],
                "SessionEnd": [ { "hooks": [ { "command": "cat >> log; echo >> log" } ] } ]
            } }
            """
        );
        Model.Reply(r => r.Text("Done."));
        Model.Reply(r => r.Text("Now they pass."));

        var run = await RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, Model.ModelRequests.Count);
        Assert.Contains("The tests fail.", Model.ModelRequests[1].Body.GetRawText(), StringComparison.Ordinal);
        var log = File.ReadAllLines(Folder["log"]).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(
            ["SessionStart", "Stop", "Stop", "SessionEnd"],
            log.Select(happened => Text(happened, "hook_event_name"))
        );
        Assert.True(log[2].GetProperty("stop_hook_active").GetBoolean());
        Assert.Equal("Now they pass.", Text(log[2], "last_assistant_message"));
    }

    [Fact]
    public async Task A_projects_hooks_run_only_when_the_command_line_trusts_the_project_and_behind_walls()
    {
        var own = Home.Write("settings.json", """{ "budget": { "turnSteps": 50 } }""");
        Folder.Write(
            ".sage/settings.json",
            $$"""{ "hooks": { "UserPromptSubmit": [ { "hooks": [ { "command": "touch inside; cat {{own}} > read 2> /dev/null; true" } ] } ] } }"""
        );
        Model.Reply(r => r.Text("One."));
        Model.Reply(r => r.Text("Two."));

        var untrusted = await HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, "Go."));

        Assert.Contains(
            "sage: .sage/settings.json has hooks that you have not agreed to; they are not used.",
            untrusted.Error,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Folder["inside"]));

        await RunAsync("--trust-project");

        Assert.True(File.Exists(Folder["inside"]));
        if (Sage.Sandbox.Walls.SandboxSupport.OfThisComputer.Means.Length > 0)
        {
            Assert.Equal("", Folder.Read("read"));
        }
    }

    [Fact]
    public async Task A_hook_that_is_broken_or_hangs_is_told_and_nothing_is_lost()
    {
        Home.Write(
            "settings.json",
            """
            { "hooks": { "PreToolUse": [ { "hooks": [
                { "command": "./no-such-hook" },
                { "command": "sleep 1000", "timeout": 0.2 },
                { "command": "echo '{ garbage'" }
            ] } ], "AfterLunch": [] } }
            """
        );
        Model.Reply(r => r.ToolCall("list_directory", new { }));
        Model.Reply(r => r.Text("Done."));

        var run = await RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("ok", Assert.Single(run.Results).Status);
        var failures = Of(run, "hookRan").Select(ran => (Text(ran, "effect"), Text(ran, "text"))).ToList();
        Assert.Equal(["failed", "failed", "failed"], failures.Select(failure => failure.Item1));
        Assert.Contains("exit code 127", failures[0].Item2, StringComparison.Ordinal);
        Assert.Contains("took longer than 0.2 s and was stopped", failures[1].Item2, StringComparison.Ordinal);
        Assert.Contains("begins like JSON and is none", failures[2].Item2, StringComparison.Ordinal);
        Assert.Contains(
            "there is no event AfterLunch in Sage",
            Text(Assert.Single(Of(run, "notice")), "text"),
            StringComparison.Ordinal
        );
    }

    private void Own(string moment, string command, string matcher = "") =>
        Home.Write(
            "settings.json",
            JsonSerializer.Serialize(
                new
                {
                    hooks = new Dictionary<string, object>
                    {
                        [moment] = new[] { new { matcher, hooks = new[] { new { type = "command", command } } } },
                    },
                }
            )
        );

    private Task<HeadlessRun> RunAsync(params string[] arguments) =>
        HeadlessRun.OfAsync(HeadlessRun.Exec(Model, Home.Root, Folder.Root, ["--json", .. arguments, "Go."]));

    private static List<JsonElement> Of(HeadlessRun run, string type) =>
        [.. run.Events.Select(envelope => envelope.GetProperty("event")).Where(e => Text(e, "type") == type)];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
