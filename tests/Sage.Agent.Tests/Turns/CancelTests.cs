using Microsoft.Extensions.AI;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;
using CallPiece = Sage.Agent.LanguageModels.ToolCallDelta;

namespace Sage.Agent.Tests.Turns;

public sealed class CancelTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_turn_cancelled_at_any_event_ends_whole_and_the_next_one_works()
    {
        var events = await CountEventsAsync();
        Assert.InRange(events, 20, 100);
        for (var index = 0; index < events; index++)
        {
            await CancelAtAsync(index);
        }
    }

    [Fact]
    public async Task Stopping_while_the_user_is_asked_takes_the_question_back()
    {
        await using var rig = Rig();
        using var stop = new CancellationTokenSource();
        // Until then a call may be stopped before there is one.
        var replied = rig.Client.NextAsync<ReplyEnded>();
        rig.Client.OnPermission = async (_, token) =>
        {
            await replied;
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return new PermissionRequestResult(PermissionDecision.Allow);
        };
        rig.Model.Reply(Call("1", "edit"), Call("2", "edit"));
        var result = await rig.RunAsync("go", PermissionMode.Ask, cancellationToken: stop.Token).WaitAsync(Soon);
        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        Assert.All(rig.Client.Of<ToolCallEnded>(), e => Assert.Equal(ToolCallStatus.Cancelled, e.Status));
        Assert.Equal(2, rig.Client.Of<ToolCallEnded>().Count());
    }

    [Fact]
    public async Task What_a_call_had_found_when_it_was_stopped_reaches_the_model()
    {
        await using var rig = Rig();
        using var stop = new CancellationTokenSource();
        rig.Tools.Add(
            new FunctionTool(
                "wait",
                async (_, _, token) =>
                {
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return new ToolResult(ToolCallStatus.Cancelled, new string('x', 100_000) + "the end");
                }
            )
        );
        rig.Model.Reply(Call("1", "wait"));
        var session = await rig.NewSessionAsync();

        await AgentRig.RunAsync(session, "one", cancellationToken: stop.Token).WaitAsync(Soon);

        var ended = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(ToolCallStatus.Cancelled, ended.Status);
        Assert.EndsWith("the end", ended.Text, StringComparison.Ordinal);
        Assert.InRange(ended.Text.Length, 20_000, 31_000);
    }

    [Fact]
    public async Task The_model_learns_that_the_user_stopped_it()
    {
        await using var rig = Rig();
        using var stop = new CancellationTokenSource();
        rig.Client.OnEvent = e => CancelOn<TextDelta>(e, stop);
        rig.Model.Reply(new TextContent("partial"), new TextContent(" text"));
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "one", cancellationToken: stop.Token);
        await AgentRig.RunAsync(session, "two");
        var sent = rig.Model.Requests[^1];
        Assert.Equal("partial", sent[^2].Text);
        Assert.Contains("stopped the previous turn", sent[^1].Text, StringComparison.Ordinal);
    }

    private static async Task<int> CountEventsAsync()
    {
        await using var rig = Rig();
        Script(rig);
        await rig.RunAsync("go", PermissionMode.Ask);
        return rig.Client.Envelopes.Length;
    }

    private static async Task CancelAtAsync(int index)
    {
        await using var rig = Rig();
        using var stop = new CancellationTokenSource();
        var seen = 0;
        rig.Client.OnEvent = _ =>
        {
            if (Interlocked.Increment(ref seen) == index + 1)
            {
                stop.Cancel();
            }
        };
        Script(rig);
        var session = await rig.NewSessionAsync();
        var result = await AgentRig
            .RunAsync(session, "go", PermissionMode.Ask, cancellationToken: stop.Token)
            .WaitAsync(Soon);
        Assert.Contains(result.Outcome, new[] { TurnOutcome.Interrupted, TurnOutcome.Completed });
        Assert.IsType<TurnEnded>(rig.Client.Envelopes[^1].Event);
        var started = rig.Client.Of<ToolCallStarted>().Select(e => e.CallId);
        Assert.Equal(started, rig.Client.Of<ToolCallEnded>().Select(e => e.CallId));

        rig.Model.Fallback = _ => [new TextContent("fine")];
        var next = await AgentRig.RunAsync(session, "next", PermissionMode.Full).WaitAsync(Soon);
        Assert.Equal(TurnOutcome.Completed, next.Outcome);
        Assert.All(rig.Model.Requests, sent => Assert.Null(HistoryRules.FindViolation(sent)));
    }

    private static AgentRig Rig()
    {
        var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("read", _ => "text"));
        rig.Tools.Add(
            new FunctionTool(
                "edit",
                async (_, context, token) =>
                {
                    await context.Output("working");
                    await Task.Yield();
                    token.ThrowIfCancellationRequested();
                    return ToolResult.Ok("edited") with
                    {
                        Events = [new FileChanged(context.CallId, "a", FileChangeKind.Modified, [])],
                    };
                }
            )
            {
                Kind = PermissionKind.Edit,
                Access = _ => ResourceAccess.Write("/w/a"),
            }
        );
        return rig;
    }

    private static void Script(AgentRig rig) =>
        rig
            .Model.Reply(
                new TextReasoningContent("hm") { ProtectedData = "sig" },
                new TextContent("Let me look."),
                new CallPiece("1", "read", "{}"),
                Call("1", "read"),
                Call("2", "read")
            )
            .Reply(Call("3", "edit"), Call("4", "edit"), new TextContent("both"))
            .Reply(new TextContent("All "), new TextContent("done."));

    private static void CancelOn<T>(EventEnvelope envelope, CancellationTokenSource stop)
    {
        if (envelope.Event is T)
        {
            stop.Cancel();
        }
    }
}
