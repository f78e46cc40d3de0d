using CsCheck;
using Microsoft.Extensions.AI;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Subagents;

public sealed class SubagentConflictTests
{
    private static readonly string[] Paths = ["/a", "/a/b", "/c", "/"];

    /// <summary>Whoever makes them: the agent, or one of two sub-agents beside it.</summary>
    [Fact]
    public void Calls_that_conflict_never_overlap() =>
        Gen.Select(Gen.Int[0, 3].List[1, 4], Gen.Int[0, 3].List[1, 4], Gen.Int[0, 3].List[1, 4])
            .Sample(
                (own, first, second) => RunAsync([.. own], [.. first], [.. second]).GetAwaiter().GetResult(),
                iter: 100,
                threads: 1
            );

    /// <summary>Also when nobody waits for them, and the turn that started them is over.</summary>
    [Fact]
    public void Calls_that_conflict_never_overlap_in_the_background_either() =>
        Gen.Select(Gen.Int[0, 3].List[1, 4], Gen.Int[0, 3].List[1, 4], Gen.Int[0, 3].List[1, 4])
            .Sample(
                (own, first, second) => RunBesideAsync([.. own], [.. first], [.. second]).GetAwaiter().GetResult(),
                iter: 100,
                threads: 1
            );

    private static async Task<bool> RunBesideAsync(int[] own, int[] first, int[] second)
    {
        await using var rig = new SubagentRig();
        var watch = new Watch();
        rig.Agent.Tools.Add(watch.Tool);
        rig.When("first", n => n == 0 ? Writes("f", first) : [new TextContent("ok")])
            .When("second", n => n == 0 ? Writes("s", second) : [new TextContent("ok")]);
        rig.Agent.Model.Reply(SubagentRig.StartBeside("1", "first"), SubagentRig.StartBeside("2", "second"))
            .Reply(new TextContent("started"))
            .Reply(Writes("o", own));
        var session = await rig.Agent.NewSessionAsync();
        await AgentRig.RunAsync(session, "go").WaitAsync(TimeSpan.FromSeconds(30));
        await AgentRig.RunAsync(session, "more").WaitAsync(TimeSpan.FromSeconds(30));
        await Task.WhenAll(SubagentRig.EndOfAsync(session, "b1"), SubagentRig.EndOfAsync(session, "b2"))
            .WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(own.Length + first.Length + second.Length, watch.Ran);
        Assert.All(
            rig.Agent.Client.Of<BackgroundEnded>(),
            e => Assert.Contains("completed", e.Result, StringComparison.Ordinal)
        );
        return !watch.SawConflict;
    }

    private static async Task<bool> RunAsync(int[] own, int[] first, int[] second)
    {
        await using var rig = new SubagentRig();
        var watch = new Watch();
        rig.Agent.Tools.Add(watch.Tool);
        rig.When("first", n => n == 0 ? Writes("f", first) : [new TextContent("ok")])
            .When("second", n => n == 0 ? Writes("s", second) : [new TextContent("ok")]);
        rig.Agent.Model.Reply([SubagentRig.Start("1", "first"), SubagentRig.Start("2", "second"), .. Writes("o", own)]);
        var result = await rig.Agent.RunAsync("go").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(own.Length + first.Length + second.Length, watch.Ran);
        Assert.All(rig.Results, e => Assert.Equal(ToolCallStatus.Ok, e.Status));
        return !watch.SawConflict;
    }

    private static AIContent[] Writes(string id, int[] paths) =>
        [.. paths.Select((path, n) => Call($"{id}{n}", "write", new { path = Paths[path] }))];

    /// <summary>Knows what runs at each moment.</summary>
    private sealed class Watch
    {
        private readonly Lock _gate = new();
        private readonly List<ResourceAccess> _running = [];

        public Watch() => Tool = new FunctionTool("write", RunAsync) { Kind = PermissionKind.Edit, Access = AccessOf };

        public FunctionTool Tool { get; }

        public bool SawConflict { get; private set; }

        public int Ran { get; private set; }

        private static ResourceAccess AccessOf(System.Text.Json.JsonElement input) =>
            ResourceAccess.Write(input.GetProperty("path").GetString()!);

        private async Task<ToolResult> RunAsync(
            System.Text.Json.JsonElement input,
            ToolContext context,
            CancellationToken cancellationToken
        )
        {
            var access = AccessOf(input);
            lock (_gate)
            {
                SawConflict |= _running.Exists(other => other.ConflictsWith(access));
                _running.Add(access);
                Ran++;
            }

            // Gives whatever may run beside it the time to.
            for (var i = 0; i < 20; i++)
            {
                await Task.Yield();
            }

            lock (_gate)
            {
                _running.Remove(access);
            }

            return ToolResult.Ok("written");
        }
    }
}
