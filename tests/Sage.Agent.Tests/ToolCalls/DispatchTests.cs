using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sage.Agent.ToolCalls;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.ToolCalls;

/// <summary>What the agent itself costs between a call that is complete and its tool.</summary>
public sealed class DispatchTests
{
    private const int Calls = 300;

    // The budget is 1 ms in the published binary; this is a debug build beside other tests.
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(2);

    [Fact]
    public async Task A_complete_call_is_in_its_tool_within_a_millisecond()
    {
        await using var rig = new AgentRig();
        var entered = new TaskCompletionSource<long>[Calls];
        var took = new List<TimeSpan>();
        rig.Tools.Add(
            new FunctionTool(
                "act",
                (input, _, _) =>
                {
                    entered[input.GetProperty("call").GetInt32()].SetResult(Stopwatch.GetTimestamp());
                    return Task.FromResult(ToolResult.Ok("acted"));
                }
            )
            {
                Access = _ => ResourceAccess.Write("/w/a"),
            }
        );
        rig.Model.Reply(StreamAsync);

        await rig.RunAsync("go").WaitAsync(TimeSpan.FromSeconds(60));

        var median = took.Order().ElementAt(Calls / 2);
        Assert.True(median < Allowed, $"The median is {median.TotalMilliseconds} ms.");

        async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            for (var call = 0; call < Calls; call++)
            {
                entered[call] = new(TaskCreationOptions.RunContinuationsAsynchronously);
                var complete = Stopwatch.GetTimestamp();
                yield return Update(Call($"{call}", "act", new { call }));
                took.Add(Stopwatch.GetElapsedTime(complete, await entered[call].Task.WaitAsync(cancellationToken)));
            }
        }
    }
}
