using Microsoft.Extensions.AI;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Runtime;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Turns;

public sealed class StopTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_answer_and_the_last_event_list_what_was_running_as_a_tree()
    {
        await using var rig = new AgentRig();
        using var stop = new CancellationTokenSource();
        var entered = new CountdownEvent(2);
        rig.Tools.Add(
            new FunctionTool(
                "wait",
                async (_, context, token) =>
                {
                    using var process = context.StartProcess(4711, "sleep 300");
                    if (entered.Signal())
                    {
                        await stop.CancelAsync();
                    }

                    await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    context.ReportStopped(new StoppedWork("sleep (process 4711)", "ended by SIGTERM", 3));
                    token.ThrowIfCancellationRequested();
                    return ToolResult.Ok("never");
                }
            )
        );
        rig.Model.Reply(Call("1", "wait"), Call("2", "wait"));

        var result = await rig.RunAsync("go", cancellationToken: stop.Token).WaitAsync(Soon);

        var calls = result.Stopped!.Value.Where(s => s.What.StartsWith("wait:", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["cancelled", "cancelled"], calls.Select(call => call.How));
        Assert.All(calls, call => Assert.Equal("sleep (process 4711)", Assert.Single(call.Parts!.Value).What));
        Assert.Equal(result.Stopped, Assert.Single(rig.Client.Of<TurnEnded>()).Stopped);
        Assert.Empty(rig.Work.Snapshot());
    }

    [Fact]
    public async Task The_client_sees_the_tree_at_once_and_each_thing_going_quiet()
    {
        await using var rig = new AgentRig();
        using var stop = new CancellationTokenSource();
        rig.Tools.Add(
            new FunctionTool(
                "wait",
                async (_, context, token) =>
                {
                    using var process = context.StartProcess(4711, "sleep 300");
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token);
                    return ToolResult.Ok("never");
                }
            )
        );
        rig.Model.Reply(Call("1", "wait"));

        await rig.RunAsync("go", cancellationToken: stop.Token).WaitAsync(Soon);

        var told = Assert.Single(rig.Client.Of<Stopping>()).Work;
        var call = Assert.Single(told, work => work.Kind == WorkKind.ToolCall);
        Assert.Equal(("1", WorkState.Stopping), (call.CallId, call.State));
        Assert.Equal(call.Id, Assert.Single(told, work => work.Pid == 4711).ParentId);
        Assert.Contains(rig.Client.Of<WorkStopped>(), quiet => quiet.Id == call.Id && quiet.How == "cancelled");
        Assert.IsType<TurnEnded>(rig.Client.Events.Last());
    }

    [Fact]
    public async Task A_second_stop_reaches_what_does_not_heed_the_first()
    {
        await using var rig = new AgentRig();
        using var stop = new CancellationTokenSource();
        var heeded = new TaskCompletionSource();
        rig.Tools.Add(
            new FunctionTool(
                "stubborn",
                async (_, context, token) =>
                {
                    await stop.CancelAsync();
                    heeded.SetResult();
                    await Task.Delay(Timeout.Infinite, context.Kill);
                    return ToolResult.Ok("never");
                }
            )
        );
        rig.Model.Reply(Call("1", "stubborn"));
        var session = await rig.NewSessionAsync();
        var turn = AgentRig.RunAsync(session, "go", cancellationToken: stop.Token);
        await heeded.Task.WaitAsync(Soon);
        Assert.False(turn.IsCompleted);

        session.Kill();

        Assert.Equal(TurnOutcome.Interrupted, (await turn.WaitAsync(Soon)).Outcome);
    }

    [Fact]
    public async Task A_kill_stops_a_turn_that_was_not_stopped_and_is_harmless_without_one()
    {
        await using var rig = new AgentRig();
        var inside = new TaskCompletionSource();
        rig.Tools.Add(
            new FunctionTool(
                "wait",
                async (_, _, token) =>
                {
                    inside.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                    return ToolResult.Ok("never");
                }
            )
        );
        rig.Model.Reply(Call("1", "wait"));
        var session = await rig.NewSessionAsync();
        session.Kill();
        var turn = AgentRig.RunAsync(session, "go");
        await inside.Task.WaitAsync(Soon);

        session.Kill();

        Assert.Equal(TurnOutcome.Interrupted, (await turn.WaitAsync(Soon)).Outcome);
        session.Kill();
        Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "next")).Outcome);
    }

    [Fact]
    public async Task A_snapshot_says_what_each_thing_does_or_waits_for()
    {
        await using var rig = new AgentRig();
        var answer = new TaskCompletionSource<PermissionRequestResult>();
        var busy = Busy(rig, answer.Task);
        var turn = rig.RunAsync("go", PermissionMode.Ask);
        await busy.WaitAsync(Soon);

        var work = rig.Work.Snapshot();

        Assert.Equal(
            [
                (WorkKind.Turn, null, WorkState.Running),
                (WorkKind.ModelRequest, null, WorkState.Streaming),
                (WorkKind.ToolCall, "1", WorkState.Running),
                (WorkKind.ToolCall, "2", WorkState.WaitingForUser),
                (WorkKind.ToolCall, "3", WorkState.WaitingForCalls),
            ],
            work.Select(item => (item.Kind, item.CallId, item.State))
        );
        Assert.All(work.Skip(1), item => Assert.Equal(work[0].Id, item.ParentId));
        answer.SetResult(new PermissionRequestResult(PermissionDecision.Allow));
        await turn.WaitAsync(Soon);
        Assert.Empty(rig.Work.Snapshot());
    }

    /// <summary>Three calls of a reply that goes on: one runs, one waits for the user, one for the call before it.</summary>
    private static Task Busy(AgentRig rig, Task<PermissionRequestResult> answer)
    {
        var (asked, reading, last) = (
            new TaskCompletionSource(),
            new TaskCompletionSource(),
            new TaskCompletionSource()
        );
        rig.Client.OnPermission = (_, _) =>
        {
            asked.TrySetResult();
            return answer;
        };
        rig.Client.OnEvent = sent => Complete(last, sent.Event is ToolCallStarted { CallId: "3" });
        rig.Tools.Add(
            new FunctionTool(
                "read",
                async (_, _, token) =>
                {
                    reading.SetResult();
                    await answer.WaitAsync(token);
                    return ToolResult.Ok("text");
                }
            )
        );
        rig.Tools.Add(
            new FunctionTool("edit", (_, _, _) => Task.FromResult(ToolResult.Ok("edited")))
            {
                Kind = Sage.Agent.Permissions.PermissionKind.Edit,
                Access = _ => ResourceAccess.Write("/w/a"),
            }
        );
        rig.Model.Reply(_ => CallsThenHang(answer));
        return Task.WhenAll(asked.Task, reading.Task, last.Task);
    }

    private static void Complete(TaskCompletionSource source, bool now)
    {
        if (now)
        {
            source.TrySetResult();
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> CallsThenHang(Task until)
    {
        yield return Update(Call("1", "read"), Call("2", "edit"), Call("3", "edit"));
        await until;
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.ToolCalls };
    }
}
