using Sage.Agent.Permissions;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Permissions;

public sealed class PermissionGateTests
{
    [Theory]
    [InlineData(PermissionMode.Ask, PermissionKind.Read, "ran")]
    [InlineData(PermissionMode.Ask, PermissionKind.Edit, "asked")]
    [InlineData(PermissionMode.Ask, PermissionKind.Execute, "asked")]
    [InlineData(PermissionMode.AutoEdit, PermissionKind.Read, "ran")]
    [InlineData(PermissionMode.AutoEdit, PermissionKind.Edit, "ran")]
    [InlineData(PermissionMode.AutoEdit, PermissionKind.Execute, "asked")]
    [InlineData(PermissionMode.Plan, PermissionKind.Read, "ran")]
    [InlineData(PermissionMode.Plan, PermissionKind.Edit, "denied")]
    [InlineData(PermissionMode.Plan, PermissionKind.Execute, "denied")]
    [InlineData(PermissionMode.Full, PermissionKind.Edit, "ran")]
    [InlineData(PermissionMode.Full, PermissionKind.Execute, "ran")]
    public async Task Each_mode_lets_through_what_it_says(PermissionMode mode, PermissionKind kind, string fate)
    {
        await using var rig = RigWith(kind);
        rig.Client.OnPermission = (_, _) => Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny));
        rig.Model.Reply(Call("1", "act"));
        await rig.RunAsync("go", mode);
        var asked = rig.Client.Of<PermissionAsked>().Any();
        var status = Assert.Single(rig.Client.Of<ToolCallEnded>()).Status;
        Assert.Equal(
            fate,
            (asked, status) switch
            {
                (true, ToolCallStatus.Denied) => "asked",
                (false, ToolCallStatus.Denied) => "denied",
                (false, ToolCallStatus.Ok) => "ran",
                _ => $"{asked} {status}",
            }
        );
    }

    [Theory]
    [InlineData(PermissionMode.Ask)]
    [InlineData(PermissionMode.AutoEdit)]
    [InlineData(PermissionMode.Plan)]
    [InlineData(PermissionMode.Full)]
    public async Task Where_the_workspace_is_not_trusted_no_rule_and_no_mode_lets_more_than_reads_run(
        PermissionMode mode
    )
    {
        foreach (
            var (kind, fate) in new[]
            {
                (PermissionKind.Read, ToolCallStatus.Ok),
                (PermissionKind.Edit, ToolCallStatus.Denied),
                (PermissionKind.Execute, ToolCallStatus.Denied),
            }
        )
        {
            await using var rig = RigWith(kind);
            var allowing = PermissionRule.TryParse("act", RuleEffect.Allow, new RuleSource(RuleSourceKind.User))!;
            rig.Rules.Policy = new PermissionPolicy([allowing]) { OnlyReads = true };
            rig.Model.Reply(Call("1", "act"));

            await rig.RunAsync("go", mode);

            Assert.Empty(rig.Client.Of<PermissionAsked>());
            var ended = Assert.Single(rig.Client.Of<ToolCallEnded>());
            Assert.Equal(fate, ended.Status);
            Assert.Equal(
                kind != PermissionKind.Read,
                ended.Text.StartsWith("This workspace is not trusted", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task A_session_grant_is_worth_nothing_where_the_workspace_is_not_trusted()
    {
        await using var rig = RigWith(PermissionKind.Execute);
        rig.Client.OnPermission = (_, _) =>
            Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow, GrantScope.Session));
        var session = await rig.NewSessionAsync();
        rig.Model.Reply(Call("1", "act"));
        await AgentRig.RunAsync(session, "go", PermissionMode.Ask);
        rig.Rules.Policy = new PermissionPolicy([]) { OnlyReads = true };

        rig.Model.Reply(Call("2", "act"));
        await AgentRig.RunAsync(session, "again", PermissionMode.Ask);

        Assert.Equal(
            [ToolCallStatus.Ok, ToolCallStatus.Denied],
            rig.Client.Of<ToolCallEnded>().Select(ended => ended.Status)
        );
    }

    [Fact]
    public async Task A_session_grant_holds_for_its_rule_also_after_a_restart()
    {
        await using var rig = RigWith(PermissionKind.Execute);
        var asked = 0;
        rig.Client.OnPermission = (_, _) =>
        {
            asked++;
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow, GrantScope.Session));
        };
        var session = await rig.NewSessionAsync();
        rig.Model.Reply(Call("1", "act")).Reply(Call("2", "act")).Reply(Call("3", "act", new { other = true }));
        await AgentRig.RunAsync(session, "go", PermissionMode.Ask);
        Assert.Equal(2, asked);

        await rig.RestartAsync();
        rig.Model.Reply(Call("4", "act"));
        var reopened = await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);
        await AgentRig.RunAsync(reopened, "again", PermissionMode.Ask);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task The_model_reads_why_the_user_said_no()
    {
        await using var rig = RigWith(PermissionKind.Execute);
        rig.Client.OnPermission = (_, _) =>
            Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny, Reason: "use the other script"));
        rig.Model.Reply(Call("1", "act"));
        await rig.RunAsync("go", PermissionMode.Ask);
        Assert.Contains(
            "use the other script",
            Assert.Single(rig.Client.Of<ToolCallEnded>()).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task No_lock_is_held_while_the_user_is_asked()
    {
        await using var rig = RigWith(PermissionKind.Edit, ResourceAccess.WritesEverything);
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<PermissionRequestResult>();
        rig.Client.OnPermission = (_, _) =>
        {
            asked.SetResult();
            return answer.Task;
        };
        rig.Model.Reply(Call("1", "act")).Reply(Call("2", "act"));
        var waiting = rig.RunAsync("one", PermissionMode.Ask);
        await asked.Task;
        // Another session of the same workspace writes meanwhile.
        await rig.RunAsync("two", PermissionMode.Full).WaitAsync(TimeSpan.FromSeconds(30));
        answer.SetResult(new PermissionRequestResult(PermissionDecision.Allow));
        await waiting;
        Assert.Equal(2, rig.Client.Of<ToolCallEnded>().Count(e => e.Status == ToolCallStatus.Ok));
    }

    [Fact]
    public async Task A_denied_call_says_which_rule_of_which_file_denies_it()
    {
        await using var rig = RigWith(PermissionKind.Execute);
        rig.Rules.Policy = PolicyOf("act", RuleEffect.Deny);
        rig.Model.Reply(Call("1", "act"));
        await rig.RunAsync("go", PermissionMode.Full);

        var result = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(
            (ToolCallStatus.Denied, "It is denied by the rule act in your settings (settings.json)."),
            (result.Status, result.Text)
        );
        Assert.Empty(rig.Client.Of<PermissionAsked>());
    }

    [Fact]
    public async Task A_rule_that_asks_does_so_in_every_mode_and_the_prompt_says_why()
    {
        await using var rig = RigWith(PermissionKind.Read);
        rig.Rules.Policy = PolicyOf("act", RuleEffect.Ask);
        rig.Model.Reply(Call("1", "act"));
        PermissionRequestParams? seen = null;
        rig.Client.OnPermission = (request, _) =>
        {
            seen = request;
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow));
        };
        await rig.RunAsync("go", PermissionMode.Full);

        Assert.Equal("The rule act in your settings (settings.json) is about it.", seen!.Reason);
        Assert.Equal(ToolCallStatus.Ok, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
    }

    [Fact]
    public async Task Plan_mode_is_not_widened_by_what_is_allowed()
    {
        await using var rig = RigWith(PermissionKind.Execute);
        rig.Rules.Policy = PolicyOf("act", RuleEffect.Allow);
        rig.Model.Reply(Call("1", "act"));
        await rig.RunAsync("go", PermissionMode.Plan);

        Assert.Equal(ToolCallStatus.Denied, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
    }

    [Fact]
    public async Task Rules_that_cannot_be_read_make_everything_but_reads_ask()
    {
        await using var rig = RigWith(PermissionKind.Execute);
        rig.Rules.Policy = PolicyOf("act", RuleEffect.Allow) with { Problem = "settings.json cannot be read: line 3" };
        PermissionRequestParams? seen = null;
        rig.Client.OnPermission = (request, _) =>
        {
            seen = request;
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny));
        };
        rig.Model.Reply(Call("1", "act"));
        await rig.RunAsync("go", PermissionMode.Full);

        Assert.Contains("settings.json cannot be read: line 3", seen!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mode_that_the_policy_forbids_asks_as_the_default_does()
    {
        await using var rig = RigWith(PermissionKind.Execute);
        rig.Rules.Policy = PermissionPolicy.Empty with { ForbiddenModes = [PermissionMode.Full] };
        rig.Client.OnPermission = (_, _) => Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny));
        rig.Model.Reply(Call("1", "act"));
        await rig.RunAsync("go", PermissionMode.Full);

        Assert.Single(rig.Client.Of<PermissionAsked>());
    }

    [Theory]
    [InlineData(GrantScope.Workspace)]
    [InlineData(GrantScope.User)]
    public async Task A_wider_grant_is_saved_and_holds_at_once(GrantScope scope)
    {
        await using var rig = RigWith(PermissionKind.Execute);
        rig.Client.OnPermission = (_, _) =>
            Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow, scope));
        rig.Model.Reply(Call("1", "act")).Reply(Call("2", "act"));
        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Equal([(scope, "act({})")], rig.Rules.Saved);
        Assert.Single(rig.Client.Of<PermissionAsked>());
    }

    [Fact]
    public async Task A_grant_that_cannot_be_saved_holds_for_the_session_and_this_is_said()
    {
        await using var rig = RigWith(PermissionKind.Execute);
        rig.Rules.Failure = new IOException("The disk is full.");
        rig.Client.OnPermission = (_, _) =>
            Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow, GrantScope.User));
        rig.Model.Reply(Call("1", "act")).Reply(Call("2", "act"));
        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Single(rig.Client.Of<PermissionAsked>());
        Assert.Contains("The disk is full.", Assert.Single(rig.Client.Of<Notice>()).Text, StringComparison.Ordinal);
        Assert.Equal(2, rig.Client.Of<ToolCallEnded>().Count(e => e.Status == ToolCallStatus.Ok));
    }

    [Fact]
    public async Task Only_the_wider_rule_that_was_offered_can_be_saved()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool("act", (_, _, _) => Task.FromResult(ToolResult.Ok("ran")))
            {
                Permission = _ => new PermissionKey(PermissionKind.Execute, "act", "npm test")
                {
                    WiderRule = "act(npm *)",
                },
            }
        );
        var offered = "";
        rig.Client.OnPermission = (request, _) =>
        {
            offered = request.WiderRule;
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow, GrantScope.User, Rule: "act"));
        };
        rig.Model.Reply(Call("1", "act"));
        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Equal("act(npm *)", offered);
        Assert.Equal([(GrantScope.User, "act(npm test)")], rig.Rules.Saved);
    }

    [Theory]
    [InlineData(PermissionMode.Ask, DangerLevel.Notable, true)]
    [InlineData(PermissionMode.Full, DangerLevel.Notable, false)]
    [InlineData(PermissionMode.Full, DangerLevel.Grave, true)]
    [InlineData(PermissionMode.AutoEdit, DangerLevel.Grave, true)]
    public void Danger_asks_where_a_pattern_would_allow_and_not_where_the_exact_call_is(
        PermissionMode mode,
        DangerLevel level,
        bool asks
    )
    {
        var key = PermissionKey.OfCommand(PermissionKind.Execute, "run_command", "rm -rf x", Shells.All, _ => false);
        var danger = new Danger("It deletes x.", level);

        Assert.Equal(
            asks ? GateOutcome.Ask : GateOutcome.Run,
            GateDecision.Of(PolicyOf("run_command(rm *)", RuleEffect.Allow), mode, key, danger).Outcome
        );
        Assert.Equal(
            GateOutcome.Run,
            GateDecision.Of(PolicyOf("run_command(rm -rf x)", RuleEffect.Allow), mode, key, danger).Outcome
        );
    }

    private static PermissionPolicy PolicyOf(string rule, RuleEffect effect) =>
        new([PermissionRule.TryParse(rule, effect, new RuleSource(RuleSourceKind.User, "settings.json"))!]);

    private static AgentRig RigWith(PermissionKind kind, ResourceAccess? access = null)
    {
        var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool("act", (_, _, _) => Task.FromResult(ToolResult.Ok("ran")))
            {
                Kind = kind,
                Access = _ => access ?? ResourceAccess.None,
            }
        );
        return rig;
    }
}
