using Sage.Agent.Permissions;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Turns;

/// <summary>One call is stopped, and its turn goes on.</summary>
public sealed class StopCallTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_call_that_is_stopped_alone_is_cancelled_the_one_beside_it_is_not_and_the_model_reads_both()
    {
        await using var rig = new AgentRig();
        var besideMayEnd = new TaskCompletionSource();
        Session session = null!;
        rig.Tools.Add(
            new FunctionTool(
                "slow",
                async (_, _, token) =>
                {
                    session.StopCall("1");
                    await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    besideMayEnd.SetResult();
                    return new ToolResult(ToolCallStatus.Cancelled, "half of it");
                }
            )
        );
        rig.Tools.Add(
            new FunctionTool(
                "beside",
                async (_, _, token) =>
                {
                    await besideMayEnd.Task.WaitAsync(token);
                    return ToolResult.Ok("all of it");
                }
            )
        );
        rig.Model.Reply(Call("1", "slow"), Call("2", "beside"));
        session = await rig.NewSessionAsync();

        var result = await AgentRig.RunAsync(session, "go").WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(
            [("1", ToolCallStatus.Cancelled, "half of it"), ("2", ToolCallStatus.Ok, "all of it")],
            rig.Client.Of<ToolCallEnded>().Select(ended => (ended.CallId, ended.Status, ended.Text))
        );
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }

    [Fact]
    public async Task A_call_that_asks_is_stopped_with_its_question_and_what_waited_for_it_goes_on()
    {
        await using var rig = new AgentRig();
        Session session = null!;
        var everything = ResourceAccess.WritesEverything;
        rig.Tools.Add(
            new FunctionTool("edit", (_, _, _) => Task.FromResult(ToolResult.Ok("done")))
            {
                Kind = PermissionKind.Edit,
                Access = _ => everything,
            }
        );
        rig.Client.OnPermission = async (asked, token) =>
        {
            if (asked.CallId == "1")
            {
                session.StopCall("1");
                await Task.Delay(Timeout.Infinite, token);
            }

            return new PermissionRequestResult(PermissionDecision.Allow);
        };
        rig.Model.Reply(Call("1", "edit"), Call("2", "edit"));
        session = await rig.NewSessionAsync();

        var result = await AgentRig.RunAsync(session, "go", PermissionMode.Ask).WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(
            [("1", ToolCallStatus.Cancelled), ("2", ToolCallStatus.Ok)],
            rig.Client.Of<ToolCallEnded>().Select(ended => (ended.CallId, ended.Status))
        );
    }

    /// <summary>It has its result at once, though that is told behind the one of the first.</summary>
    [Fact]
    public async Task One_that_waits_for_another_is_stopped_without_having_run()
    {
        await using var rig = new AgentRig();
        Session session = null!;
        var ran = 0;
        var secondSettled = new TaskCompletionSource();
        rig.Client.OnEvent = happened =>
        {
            switch (happened.Event)
            {
                case ToolCallStarted { CallId: "2" }:
                    session.StopCall("2");
                    break;
                case ToolCallSettled { CallId: "2" }:
                    secondSettled.SetResult();
                    break;
            }
        };
        rig.Tools.Add(
            new FunctionTool(
                "write",
                async (_, _, token) =>
                {
                    ran++;
                    await secondSettled.Task.WaitAsync(token);
                    return ToolResult.Ok("written");
                }
            )
            {
                Access = _ => ResourceAccess.WritesEverything,
            }
        );
        rig.Model.Reply(Call("1", "write"), Call("2", "write"));
        session = await rig.NewSessionAsync();

        await AgentRig.RunAsync(session, "go", PermissionMode.Full).WaitAsync(Soon);

        Assert.Equal(1, ran);
        Assert.Equal(
            [ToolCallStatus.Ok, ToolCallStatus.Cancelled],
            rig.Client.Of<ToolCallEnded>().Select(ended => ended.Status)
        );
    }

    [Fact]
    public async Task To_stop_what_has_ended_or_never_was_is_harmless()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("read", _ => "text"));
        rig.Model.Reply(Call("1", "read"));
        var session = await rig.NewSessionAsync();
        session.StopCall("1");

        await AgentRig.RunAsync(session, "go");
        session.StopCall("1");

        Assert.Equal(ToolCallStatus.Ok, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
    }
}
