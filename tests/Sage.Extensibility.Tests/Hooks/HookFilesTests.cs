using Sage.Protocol.Hooks;
using Sage.Protocol.LanguageServer;

namespace Sage.Extensibility.Tests.Hooks;

/// <summary>Which hooks there are, what becomes of mistakes in their files, and what a project needs a consent for.</summary>
public sealed class HookFilesTests : IDisposable
{
    private readonly HookRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void The_users_hooks_come_before_the_projects_and_those_of_another_agent_need_a_setting()
    {
        _rig.Configure("Stop", "own.sh");
        _rig.Home.Write("me/.claude/settings.json", Project("Stop", "claude.sh"));
        _rig.Folder.Write(".sage/settings.json", Project("Stop", "project.sh"));
        _rig.Folder.Write(".claude/settings.local.json", Project("Stop", "local.sh"));
        _rig.Folder.Write(".claude/settings.json", Project("Stop", "shared.sh"));

        Assert.Equal(["own.sh", "project.sh", "shared.sh", "local.sh"], Commands());

        _rig.Options = new HookConfiguration(Claude: true);
        Assert.Equal(["own.sh", "claude.sh", "project.sh", "shared.sh", "local.sh"], Commands());
        Assert.Equal(
            [HookState.Active, HookState.Active, HookState.NotAgreed, HookState.NotAgreed, HookState.NotAgreed],
            _rig.Hooks.List(_rig.Workspace).Hooks.Select(hook => hook.State)
        );
        Assert.Equal(
            [false, false, true, true, true],
            _rig.Hooks.List(_rig.Workspace).Hooks.Select(hook => hook.Walled)
        );
    }

    [Fact]
    public void A_mistake_costs_what_it_is_in_and_says_what_to_do()
    {
        _rig.Own = """
            {
              "PreToolUse": [
                { "matcher": "[", "hooks": [ { "type": "command", "command": "a" } ] },
                { "hooks": [ { "type": "prompt", "prompt": "b" }, { "type": "command" }, 3, { "command": "good", "timeout": -1 } ] },
                { "matcher": "Bash" }
              ],
              "AfterLunch": [],
              "Stop": {}
            }
            """;
        _rig.Folder.Write(".sage/settings.json", "{ not json");
        _rig.Folder.Write(".claude/settings.json", """{ "hooks": { "TeammateIdle": [] } }""");

        var problems = _rig.Hooks.ProblemsOf(_rig.Workspace);

        Assert.Equal(["good"], Commands());
        Assert.Equal(9, problems.Length);
        Assert.All(
            [
                "their matcher is no regular expression",
                "one is left out that is a prompt",
                "a timeout is a number of seconds",
                "there is no event AfterLunch in Sage",
                ".sage/settings.json cannot be read, so its hooks are left out: ",
            ],
            words => Assert.Contains(problems, problem => problem.Contains(words, StringComparison.Ordinal))
        );
        // What another program understands is no mistake: it is in the list only.
        Assert.DoesNotContain(problems, problem => problem.Contains("TeammateIdle", StringComparison.Ordinal));
        Assert.Contains(
            _rig.Hooks.List(_rig.Workspace).Problems,
            problem => problem.Contains("TeammateIdle", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void All_that_would_be_run_is_shown_and_a_script_that_changes_is_another_offer()
    {
        _rig.Folder.Write("hooks/check.sh", "exit 0");
        _rig.Folder.Write(
            ".claude/settings.json",
            """{ "hooks": { "PreToolUse": [ { "matcher": "Bash|Edit", "hooks": [ { "type": "command", "command": "sh \"$CLAUDE_PROJECT_DIR\"/hooks/check.sh", "timeout": 5, "if": "Bash(rm *)" } ] } ] } }"""
        );

        var offer = Assert.Single(_rig.Hooks.OffersOf(_rig.Workspace));

        Assert.Equal(("hooks", ".claude/settings.json"), (offer.Kind, offer.Place));
        Assert.Equal(
            "PreToolUse for Bash|Edit if Bash(rm *): sh \"$CLAUDE_PROJECT_DIR\"/hooks/check.sh (at most 5 s)",
            offer.Lines[0]
        );
        Assert.StartsWith("the file hooks/check.sh as it is now (SHA-256 ", offer.Lines[1], StringComparison.Ordinal);
        Assert.Equal(2, offer.Lines.Length);

        _rig.Folder.Write("hooks/check.sh", "exit 1");
        Assert.NotEqual(offer.Hash, Assert.Single(_rig.Hooks.OffersOf(_rig.Workspace)).Hash);
    }

    [Fact]
    public void A_hook_of_the_user_that_names_a_script_of_the_workspace_stands_behind_walls_like_the_projects()
    {
        _rig.Options = new HookConfiguration();
        _rig.Configure("Stop", "sh tools/check.sh && cat .");
        Assert.False(Assert.Single(_rig.Hooks.List(_rig.Workspace).Hooks).Walled);

        _rig.Folder.Write("tools/check.sh", "exit 0");

        Assert.True(Assert.Single(_rig.Hooks.List(_rig.Workspace).Hooks).Walled);
    }

    [Fact]
    public async Task A_projects_hooks_do_nothing_before_the_consent_and_after_a_change()
    {
        _rig.Folder.Write("mark.sh", "touch ran; cat > /dev/null");
        _rig.Folder.Write(".sage/settings.json", Project("PreToolUse", "sh mark.sh"));

        Assert.Empty((await _rig.RunAsync(_rig.Before())).Answers);
        Assert.False(File.Exists(_rig.Folder["ran"]));

        _rig.GiveForThisRun(_rig.Workspace, _rig.Hooks.OffersOf(_rig.Workspace));
        Assert.True((await _rig.BeforeAsync()).IsOfProject);
        Assert.True(File.Exists(_rig.Folder["ran"]));
        Assert.Empty(_rig.Hooks.ProblemsOf(_rig.Workspace));

        _rig.Folder.Write("mark.sh", "rm -rf /");
        Assert.Empty((await _rig.RunAsync(_rig.Before())).Answers);
        Assert.Contains(
            "have changed since you agreed to them",
            Assert.Single(_rig.Hooks.ProblemsOf(_rig.Workspace)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_trust_and_when_they_are_switched_off_nothing_runs_the_users_own_neither()
    {
        _rig.Configure("PreToolUse", "touch ran");
        _rig.Options = new HookConfiguration(Enabled: false);
        Assert.Empty((await _rig.RunAsync(_rig.Before())).Answers);
        Assert.Equal(HookState.Off, Assert.Single(_rig.Hooks.List(_rig.Workspace).Hooks).State);

        _rig.Options = new HookConfiguration();
        _rig.Trust.Withhold();
        Assert.Empty((await _rig.RunAsync(_rig.Before())).Answers);
        Assert.Equal(HookState.NotTrusted, Assert.Single(_rig.Hooks.List(_rig.Workspace).Hooks).State);
        Assert.False(File.Exists(_rig.Folder["ran"]));
    }

    [Theory]
    [InlineData("Bash", "run_command", true)]
    [InlineData("run_command", "run_command", true)]
    [InlineData("Edit|Write", "edit_file", true)]
    [InlineData("Write", "apply_patch", true)]
    [InlineData("Edit|Write", "read_file", false)]
    [InlineData("Bas", "run_command", false)]
    [InlineData("mcp__git.*", "mcp__github__list", true)]
    [InlineData("^(Read|Grep)$", "grep", true)]
    [InlineData("*", "anything", true)]
    [InlineData("", "anything", true)]
    public async Task A_matcher_knows_a_tool_by_all_its_names(string matcher, string tool, bool isMeant)
    {
        _rig.Own = $$"""{ "PreToolUse": [ { "matcher": "{{matcher}}", "hooks": [ {{HookRig.Entry("true")}} ] } ] }""";

        Assert.Equal(isMeant ? 1 : 0, (await _rig.RunAsync(_rig.Before(tool))).Answers.Length);
    }

    [Theory]
    [InlineData("Bash(rm *)", "cd x && rm -rf y", true)]
    [InlineData("Bash(rm *)", "ls", false)]
    [InlineData("Bash(git push:*)", "git push --force", true)]
    [InlineData("run_command(git push *)", "git pull", false)]
    public async Task A_condition_is_a_rule_about_every_command_of_a_line(string condition, string line, bool holds)
    {
        _rig.Configure("PreToolUse", "true", $", \"if\": \"{condition}\"");

        var verdict = await _rig.RunAsync(_rig.Before("run_command", $$"""{"command":"{{line}}"}"""));

        Assert.Equal(holds ? 1 : 0, verdict.Answers.Length);
    }

    private IEnumerable<string> Commands() => _rig.Hooks.List(_rig.Workspace).Hooks.Select(hook => hook.Command);

    private static string Project(string moment, string command) =>
        $$"""{ "hooks": { "{{moment}}": [ { "hooks": [ {{HookRig.Entry(command)}} ] } ] } } // with a comment""";
}
