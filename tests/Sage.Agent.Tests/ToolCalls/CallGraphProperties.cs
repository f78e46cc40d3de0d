using CsCheck;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;

namespace Sage.Agent.Tests.ToolCalls;

/// <summary>Any calls, reading and writing anything, ended in any order, stopped at any point.</summary>
public sealed class CallGraphProperties
{
    private const int Graphs = 150;

    private static readonly Gen<int[]> Choices = Gen.Int[0, 1000].Array[40];

    [Fact]
    public Task A_turn_runs_all_calls_that_may_run_and_no_other() =>
        Gen.Select(Accesses.Any.Array[1, 10], Choices, Gen.Int[0, 20])
            .SampleAsync(
                (accesses, choices, stopAfter) => RunTurnAsync(accesses, choices, stopAfter),
                iter: Graphs,
                threads: 1
            );

    [Fact]
    public Task Sessions_of_one_workspace_never_overlap_where_they_conflict_and_never_lock_each_other_out() =>
        Gen.Select(Gen.Select(Accesses.Any, Gen.Int[0, 2]).Array[1, 14], Choices, Gen.Int[0, 20])
            .SampleAsync(
                (calls, choices, stopAfter) => RunSessionsAsync(calls, choices, stopAfter),
                iter: Graphs,
                threads: 1
            );

    private static async Task RunTurnAsync(ResourceAccess[] accesses, int[] choices, int stopAfter)
    {
        await using var rig = new AgentRig();
        var stage = new Stage(accesses);
        rig.Tools.Add(stage.Tool);
        rig.Model.Reply([.. accesses.Select((_, i) => ScriptedChatClient.Call($"{i}", "play", new { call = i }))]);
        using var stop = new CancellationTokenSource();
        var session = await rig.NewSessionAsync();
        var turn = AgentRig.RunAsync(session, "go", cancellationToken: stop.Token);

        var left = Enumerable.Range(0, accesses.Length).ToList();
        for (var ended = 0; left.Count > 0 && ended < stopAfter; ended++)
        {
            var expected = left.Where(i => !left.Exists(j => j < i && accesses[j].ConflictsWith(accesses[i])))
                .ToArray();
            await stage.UntilAsync(() => stage.Running.SequenceEqual(expected), turn);
            Assert.Equal(expected, stage.Running);
            var next = expected[choices[ended] % expected.Length];
            stage.End(next);
            await stage.UntilAsync(() => !stage.Running.Contains(next), turn);
            left.Remove(next);
        }

        if (left.Count > 0)
        {
            await stop.CancelAsync();
        }

        var result = await turn.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(left.Count > 0 ? TurnOutcome.Interrupted : TurnOutcome.Completed, result.Outcome);
        Assert.Empty(stage.Overlaps);
        await CheckResultsAsync(rig, session, accesses.Length, left);
    }

    private static async Task CheckResultsAsync(AgentRig rig, Session session, int calls, List<int> stopped)
    {
        // What was stopped before the reply was read to its end was never called.
        var started = rig.Client.Of<ToolCallStarted>().Select(e => e.CallId).ToList();
        Assert.Equal(Enumerable.Range(0, stopped.Count > 0 ? started.Count : calls).Select(i => $"{i}"), started);
        var ended = rig.Client.Of<ToolCallEnded>().ToList();
        Assert.Equal(started, ended.Select(e => e.CallId));
        Assert.Equal(
            Enumerable
                .Range(0, started.Count)
                .Select(i => stopped.Contains(i) ? ToolCallStatus.Cancelled : ToolCallStatus.Ok),
            ended.Select(e => e.Status)
        );
        await AgentRig.RunAsync(session, "and then").WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }

    private static async Task RunSessionsAsync(
        (ResourceAccess Access, int Session)[] calls,
        int[] choices,
        int stopAfter
    )
    {
        var stage = new Stage([.. calls.Select(call => call.Access)]);
        using var stop = new CancellationTokenSource();
        var all = Task.WhenAll(Schedule(calls, stage, stop.Token));
        for (var ended = 0; !all.IsCompleted; ended++)
        {
            if (ended == stopAfter)
            {
                await stop.CancelAsync();
            }

            await stage.UntilAsync(() => stage.Running.Length > 0, all);
            if (stage.Running is { Length: > 0 } running)
            {
                var next = running[choices[ended % choices.Length] % running.Length];
                stage.End(next);
                await stage.UntilAsync(() => !stage.Running.Contains(next), all);
            }
        }

        Assert.Empty(stage.Overlaps);
        foreach (var (result, call) in (await all).Zip(calls))
        {
            Assert.True(result.Status == ToolCallStatus.Ok || call.Session == 0 && result == ToolPipeline.Cancelled);
        }

        CheckOrder(stage.Started, calls);
    }

    /// <summary>Each session has its scheduler, all have the workspace; only the first one can be stopped.</summary>
    private static Task<ToolResult>[] Schedule(
        (ResourceAccess Access, int Session)[] calls,
        Stage stage,
        CancellationToken stop
    )
    {
        var locks = new WorkspaceLocks();
        var workspace = new Workspace("/w");
        ToolScheduler[] schedulers = [new(), new(), new()];
        return
        [
            .. calls.Select(
                (call, i) =>
                    schedulers[call.Session]
                        .Schedule(
                            call.Access,
                            token => RunAsync(i, token),
                            ToolPipeline.Cancelled,
                            call.Session == 0 ? stop : CancellationToken.None
                        )
            ),
        ];

        async Task<ToolResult> RunAsync(int call, CancellationToken cancellationToken)
        {
            try
            {
                using var held = await locks.EnterAsync(workspace, calls[call].Access, cancellationToken);
                await stage.PlayAsync(call, cancellationToken);
                return ToolResult.Ok("played");
            }
            catch (OperationCanceledException)
            {
                return ToolPipeline.Cancelled;
            }
        }
    }

    private static void CheckOrder(int[] started, (ResourceAccess Access, int Session)[] calls)
    {
        for (var later = 0; later < started.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                var (first, second) = (calls[started[earlier]], calls[started[later]]);
                Assert.True(
                    first.Session != second.Session
                        || started[earlier] < started[later]
                        || !first.Access.ConflictsWith(second.Access),
                    $"{started[later]} was called first but ran after {started[earlier]}"
                );
            }
        }
    }
}
