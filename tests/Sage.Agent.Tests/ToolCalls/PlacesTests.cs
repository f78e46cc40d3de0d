using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.ToolCalls;

/// <summary>How many calls run at once, and which of them count.</summary>
public sealed class PlacesTests
{
    private const int Calls = ToolPipeline.Places + 4;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task As_many_calls_run_at_once_as_there_are_places()
    {
        await using var rig = new AgentRig();
        var stage = new Stage([.. Enumerable.Repeat(ResourceAccess.None, Calls)]);
        rig.Tools.Add(stage.Tool);
        rig.Model.Reply([.. Enumerable.Range(0, Calls).Select(i => Call($"{i}", "play", new { call = i }))]);

        var turn = rig.RunAsync("go");
        for (var left = Calls; left > 0; left--)
        {
            var places = Math.Min(ToolPipeline.Places, left);
            await stage.UntilAsync(() => stage.Running.Length >= places, turn);
            Assert.Equal(places, stage.Running.Length);
            var next = stage.Running[0];
            stage.End(next);
            await stage.UntilAsync(() => !stage.Running.Contains(next), turn);
        }

        await turn.WaitAsync(Soon);
        Assert.Equal(Enumerable.Range(0, Calls), stage.Started.Order());
    }

    [Fact]
    public async Task Calls_that_wait_for_the_user_take_no_place_from_the_others()
    {
        await using var rig = new AgentRig();
        var answer = new TaskCompletionSource<PermissionRequestResult>();
        rig.Client.OnPermission = (_, token) => answer.Task.WaitAsync(token);
        rig.Tools.Add(
            new FunctionTool("act", (_, _, _) => Task.FromResult(ToolResult.Ok("acted")))
            {
                Kind = PermissionKind.Execute,
            }
        );
        rig.Tools.Add(
            new FunctionTool(
                "look",
                (_, _, _) =>
                {
                    // Only when this has run, the user answers the others.
                    answer.SetResult(new PermissionRequestResult(PermissionDecision.Allow));
                    return Task.FromResult(ToolResult.Ok("looked"));
                }
            )
        );
        rig.Model.Reply([
            .. Enumerable.Range(0, Calls).Select(i => Call($"{i}", "act", new { i })),
            Call("last", "look"),
        ]);

        await rig.RunAsync("go", PermissionMode.Ask).WaitAsync(Soon);

        Assert.All(rig.Client.Of<ToolCallEnded>(), ended => Assert.Equal(ToolCallStatus.Ok, ended.Status));
    }

    [Fact]
    public async Task Calls_that_wait_for_another_session_take_no_place_from_the_others()
    {
        await using var rig = new AgentRig();
        var stage = new Stage([ResourceAccess.Write("/w/a")]);
        var looked = new TaskCompletionSource();
        rig.Tools.Add(stage.Tool);
        rig.Tools.Add(
            new FunctionTool("read", (_, _, _) => Task.FromResult(ToolResult.Ok("read")))
            {
                Access = _ => ResourceAccess.Read("/w/a"),
            }
        );
        rig.Tools.Add(
            new FunctionTool(
                "look",
                (_, _, _) =>
                {
                    looked.SetResult();
                    return Task.FromResult(ToolResult.Ok("looked"));
                }
            )
        );
        rig.Model.Reply(Call("0", "play", new { call = 0 }));
        var writing = rig.RunAsync("write");
        await stage.UntilAsync(() => stage.Running.Length == 1, writing);

        rig.Model.Reply([
            .. Enumerable.Range(0, Calls).Select(i => Call($"r{i}", "read", new { i })),
            Call("last", "look"),
        ]);
        var reading = rig.RunAsync("read");
        await looked.Task.WaitAsync(Soon);
        Assert.DoesNotContain(rig.Client.Of<ToolCallSettled>(), settled => settled.CallId.StartsWith('r'));

        stage.End(0);
        await Task.WhenAll(writing, reading).WaitAsync(Soon);
    }

    [Fact]
    public async Task A_call_of_a_stopped_turn_that_has_not_begun_never_does()
    {
        await using var rig = new AgentRig();
        using var stop = new CancellationTokenSource();
        var ran = false;
        rig.Client.OnPermission = async (_, _) =>
        {
            // The answer and the stop come together.
            await stop.CancelAsync();
            return new PermissionRequestResult(PermissionDecision.Allow);
        };
        rig.Tools.Add(
            new FunctionTool(
                "act",
                (_, _, _) =>
                {
                    ran = true;
                    return Task.FromResult(ToolResult.Ok("acted"));
                }
            )
            {
                Kind = PermissionKind.Execute,
            }
        );
        rig.Model.Reply(Call("1", "act"));

        await rig.RunAsync("go", PermissionMode.Ask, cancellationToken: stop.Token).WaitAsync(Soon);

        Assert.False(ran);
        Assert.Equal(ToolCallStatus.Cancelled, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
    }
}
