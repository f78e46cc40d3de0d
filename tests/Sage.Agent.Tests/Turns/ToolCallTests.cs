using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Turns;

public sealed class ToolCallTests
{
    [Fact]
    public async Task Calls_that_do_not_conflict_run_at_the_same_time()
    {
        await using var rig = new AgentRig();
        var both = new CountdownEvent(2);
        rig.Tools.Add(
            new FunctionTool(
                "meet",
                async (_, _, token) =>
                {
                    both.Signal();
                    // Would never end if the calls ran one after the other.
                    await Task.Run(() => both.Wait(token), token);
                    return ToolResult.Ok("met");
                }
            )
        );
        rig.Model.Reply(Call("1", "meet"), Call("2", "meet"));
        var result = await rig.RunAsync("go").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.All(rig.Client.Of<ToolCallEnded>(), ended => Assert.Equal("met", ended.Text));
    }

    [Fact]
    public async Task A_tool_that_fails_over_the_arguments_of_a_call_fails_that_call_and_no_more()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool("break", (_, _, _) => Task.FromResult(ToolResult.Ok("ran")))
            {
                Access = _ => throw new InvalidOperationException("a bug"),
            }
        );
        rig.Model.Reply(Call("1", "break"));

        var result = await rig.RunAsync("go");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        var ended = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal((ToolCallStatus.Crashed, "break failed unexpectedly: a bug"), (ended.Status, ended.Text));
    }

    [Fact]
    public async Task Two_writes_of_one_file_run_in_call_order()
    {
        await using var rig = new AgentRig();
        List<string> order = [];
        rig.Tools.Add(
            new FunctionTool(
                "write",
                async (input, _, _) =>
                {
                    var name = input.GetProperty("n").GetString()!;
                    order.Add($"{name} in");
                    await Task.Yield();
                    order.Add($"{name} out");
                    return ToolResult.Ok(name);
                }
            )
            {
                Access = _ => ResourceAccess.Write("/w/a"),
            }
        );
        rig.Model.Reply(Call("1", "write", new { n = "first" }), Call("2", "write", new { n = "second" }));
        await rig.RunAsync("go");
        Assert.Equal(["first in", "first out", "second in", "second out"], order);
    }

    [Fact]
    public async Task A_call_starts_while_the_reply_is_still_streaming()
    {
        await using var rig = new AgentRig();
        var started = new TaskCompletionSource();
        rig.Tools.Add(
            new FunctionTool(
                "probe",
                (_, _, _) =>
                {
                    started.SetResult();
                    return Task.FromResult(ToolResult.Ok("ran"));
                }
            )
        );
        rig.Model.Reply(token => Stream(started.Task, token));
        var result = await rig.RunAsync("go").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TurnOutcome.Completed, result.Outcome);

        static async IAsyncEnumerable<ChatResponseUpdate> Stream(
            Task started,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token
        )
        {
            yield return Update(Call("1", "probe"));
            await started.WaitAsync(token);
            yield return Update(new TextContent("after the call began"));
        }
    }

    [Fact]
    public async Task Results_are_recorded_in_call_order_whatever_order_the_calls_end_in()
    {
        await using var rig = new AgentRig();
        var second = new TaskCompletionSource();
        rig.Tools.Add(
            new FunctionTool(
                "slow",
                async (_, _, token) =>
                {
                    await second.Task.WaitAsync(token);
                    return ToolResult.Ok("slow");
                }
            )
        );
        rig.Tools.Add(FunctionTool.Answering("quick", _ => "quick"));
        rig.Client.OnEvent = e =>
        {
            if (e.Event is ToolCallSettled { CallId: "2" })
            {
                second.TrySetResult();
            }
        };
        rig.Model.Reply(Call("1", "slow"), Call("2", "quick"));
        await rig.RunAsync("go").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["2", "1"], rig.Client.Of<ToolCallSettled>().Select(e => e.CallId));
        Assert.Equal(["1", "2"], rig.Client.Of<ToolCallEnded>().Select(e => e.CallId));
    }

    [Fact]
    public async Task The_models_mistakes_go_back_to_it_as_results()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("known", _ => "fine"));
        rig.Model.Reply(
            new ToolCallReady("1", "known", """{"path": "cut o"""),
            new ToolCallReady("2", "known", "[1]"),
            new ToolCallReady("3", "unknown", "{}"),
            new ToolCallReady("4", "known", "")
        );
        await rig.RunAsync("go");
        var texts = rig.Client.Of<ToolCallEnded>().Select(e => e.Text).ToList();
        Assert.Contains("not valid JSON", texts[0], StringComparison.Ordinal);
        Assert.Contains("must be a JSON object", texts[1], StringComparison.Ordinal);
        Assert.Contains("no tool named 'unknown'", texts[2], StringComparison.Ordinal);
        Assert.Equal("fine", texts[3]);
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }

    [Fact]
    public async Task A_bug_in_a_tool_is_that_calls_result_and_the_turn_goes_on()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(new FunctionTool("broken", (_, _, _) => throw new InvalidOperationException("boom")));
        rig.Model.Reply(Call("1", "broken"));
        var result = await rig.RunAsync("go");
        var ended = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(ToolCallStatus.Crashed, ended.Status);
        Assert.Contains("boom", ended.Text, StringComparison.Ordinal);
        Assert.Equal(TurnOutcome.Completed, result.Outcome);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_stopped_and_says_so()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool(
                "endless",
                async (_, _, token) =>
                {
                    rig.Time.Advance(TimeSpan.FromSeconds(31));
                    await Task.Delay(Timeout.Infinite, token);
                    return ToolResult.Ok("never");
                }
            )
        );
        rig.Model.Reply(Call("1", "endless"));
        await rig.RunAsync("go").WaitAsync(TimeSpan.FromSeconds(30));
        var ended = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(ToolCallStatus.TimedOut, ended.Status);
        Assert.Contains("30 s", ended.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_bound_to_fail_asks_nobody()
    {
        await using var rig = new AgentRig();
        rig.Client.OnPermission = (_, _) => throw new InvalidOperationException("nobody should be asked");
        rig.Tools.Add(
            new FunctionTool("edit", (_, _, _) => Task.FromResult(ToolResult.Ok("ran")))
            {
                Kind = PermissionKind.Edit,
                Preflight = _ => new Preflight([], ToolResult.Error("no such text")),
            }
        );
        rig.Model.Reply(Call("1", "edit"));
        await rig.RunAsync("go", Protocol.Permissions.PermissionMode.Ask);
        Assert.Equal("no such text", Assert.Single(rig.Client.Of<ToolCallEnded>()).Text);
    }

    [Fact]
    public async Task Long_output_keeps_head_and_tail_and_says_where_the_whole_is()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("talk", _ => $"HEAD{new string('x', 100_000)}TAIL"));
        rig.Model.Reply(Call("1", "talk"));
        await rig.RunAsync("go");
        var text = Assert.Single(rig.Client.Of<ToolCallEnded>()).Text;
        Assert.StartsWith("HEAD", text, StringComparison.Ordinal);
        Assert.EndsWith("TAIL", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 29_000, 31_000);
        Assert.Contains("/spill/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ids_that_a_server_uses_again_are_made_unique()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", input => input.GetRawText()));
        rig.Model.Reply(Call("call_0", "look", new { n = 1 })).Reply(Call("call_0", "look", new { n = 2 }));
        await rig.RunAsync("go");
        Assert.Equal(["call_0", "call_0_2"], rig.Client.Of<ToolCallStarted>().Select(e => e.CallId));
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
        var inputs = rig
            .Client.Of<ToolCallEnded>()
            .Select(e => JsonDocument.Parse(e.Text).RootElement.GetProperty("n").GetInt32());
        Assert.Equal([1, 2], inputs);
    }
}
