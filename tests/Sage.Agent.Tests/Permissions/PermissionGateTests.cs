using Sage.Agent.Permissions;
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
