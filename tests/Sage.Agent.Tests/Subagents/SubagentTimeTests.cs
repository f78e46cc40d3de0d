using Microsoft.Extensions.AI;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Subagents;

/// <summary>Nobody waits for one forever, and nobody hurries the user.</summary>
public sealed class SubagentTimeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_whose_model_never_answers_is_ended_with_what_it_had_and_the_turn_goes_on()
    {
        await using var rig = new SubagentRig();
        rig.When(
            "a",
            async (n, token) =>
            {
                if (n > 0)
                {
                    rig.Agent.Time.Advance(TimeSpan.FromHours(2));
                    await Task.Delay(Timeout.Infinite, token);
                }

                return [new TextContent("half of it"), Call("x", "read_file")];
            }
        );
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        var result = await rig.Agent.RunAsync("go").WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        var ended = Assert.Single(rig.Results);
        Assert.Equal(ToolCallStatus.TimedOut, ended.Status);
        Assert.Contains("because it had worked for 2 h, the most there is,", ended.Text, StringComparison.Ordinal);
        Assert.EndsWith("half of it", ended.Text, StringComparison.Ordinal);
        Assert.Empty(rig.Agent.Work.Snapshot());
    }

    [Fact]
    public async Task The_time_in_which_it_waits_for_the_user_does_not_count()
    {
        await using var rig = new SubagentRig();
        rig.Agent.Client.OnPermission = (_, _) =>
        {
            rig.Agent.Time.Advance(TimeSpan.FromHours(9));
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow));
        };
        rig.When(
            "a",
            n =>
            {
                rig.Agent.Time.Advance(TimeSpan.FromMinutes(50));
                return n == 0 ? [Call("x", "edit")] : [new TextContent("done")];
            }
        );
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        await rig.Agent.RunAsync("go", PermissionMode.Ask).WaitAsync(Soon);

        Assert.Equal(ToolCallStatus.Ok, Assert.Single(rig.Results).Status);
    }

    [Fact]
    public async Task What_it_had_worked_before_the_user_was_asked_counts()
    {
        await using var rig = new SubagentRig();
        rig.Agent.Client.OnPermission = (_, _) =>
            Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow));
        rig.When(
            "a",
            async (n, token) =>
            {
                rig.Agent.Time.Advance(TimeSpan.FromMinutes(61));
                if (n > 0)
                {
                    await Task.Delay(Timeout.Infinite, token);
                }

                return [Call("x", "edit")];
            }
        );
        rig.Agent.Model.Reply(SubagentRig.Start("1", "a"));

        await rig.Agent.RunAsync("go", PermissionMode.Ask).WaitAsync(Soon);

        Assert.Equal(ToolCallStatus.TimedOut, Assert.Single(rig.Results).Status);
    }

    [Fact]
    public async Task One_in_the_background_ends_at_the_limit_of_its_turn()
    {
        await using var rig = new SubagentRig();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.When(
            "a",
            async (n, token) =>
            {
                await gate.Task.WaitAsync(token);
                return [Call($"x{n}", "read_file", new { n })];
            }
        );
        rig.Agent.Model.Reply(SubagentRig.StartBeside("1", "a"));
        var session = await rig.Agent.NewSessionAsync();
        var limits = new TurnLimits(MaxDuration: TimeSpan.FromMinutes(5));
        await AgentRig.RunAsync(session, "go", limits: limits).WaitAsync(Soon);

        rig.Agent.Time.Advance(TimeSpan.FromMinutes(6));
        gate.SetResult();
        await SubagentRig.EndOfAsync(session, "b1").WaitAsync(Soon);

        Assert.Single(rig.Inside<ReplyEnded>("1"));
        Assert.Contains(
            "not done",
            Assert.Single(rig.Agent.Client.Of<BackgroundEnded>()).Result,
            StringComparison.Ordinal
        );
    }
}
