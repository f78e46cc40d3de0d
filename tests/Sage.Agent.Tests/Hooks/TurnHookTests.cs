using Microsoft.Extensions.AI;
using Sage.Agent.Hooks;
using Sage.Agent.Sessions;
using Sage.Agent.Tests.Subagents;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using Sage.TestKit.Fakes;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Hooks;

/// <summary>What hooks do with prompts, with the end of a turn, with a session, and with sub-agents.</summary>
public sealed class TurnHookTests
{
    [Fact]
    public async Task A_prompt_that_a_hook_denies_is_never_read_by_a_model_also_not_later()
    {
        await using var rig = new AgentRig();
        rig.Hooks.Answer<HookEvent.PromptSubmitted>(submitted =>
            submitted.Prompt == "secret plans" ? Denying("Not with this model.") : null
        );
        var session = await rig.NewSessionAsync();

        var denied = await AgentRig.RunAsync(session, "secret plans");

        Assert.Equal((TurnOutcome.Failed, TurnErrorCodes.HookDenied), (denied.Outcome, denied.Error?.Code));
        Assert.Equal(
            "The prompt was not sent. It was denied by the hook guard.sh (~/.sage/settings.json): Not with this model.",
            denied.Error?.Message
        );
        Assert.Empty(rig.Model.Requests);

        await AgentRig.RunAsync(session, "hello");
        await rig.RestartAsync();
        await AgentRig.RunAsync(await rig.Sessions.OpenAsync(rig.Workspace, session.Id, default), "again");

        Assert.Equal(2, rig.Model.Requests.Count);
        Assert.All(
            rig.Model.Requests.SelectMany(request => request),
            message => Assert.DoesNotContain("secret", message.Text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_hooks_add_to_a_prompt_and_a_session_the_model_reads_with_whose_words_they_are()
    {
        await using var rig = new AgentRig();
        rig.Hooks.Says = (happened, _) =>
            Task.FromResult(
                happened switch
                {
                    HookEvent.SessionStarted { Source: var source } => FakeHooks.Hook with
                    {
                        Context = $"On {source}.",
                    },
                    HookEvent.PromptSubmitted => FakeHooks.Hook with { Context = "Branch: main." },
                    _ => null,
                }
            );
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "go");
        await AgentRig.RunAsync(session, "on");
        await rig.RestartAsync();
        await AgentRig.RunAsync(await rig.Sessions.OpenAsync(rig.Workspace, session.Id, default), "once more");

        var last = rig.Model.Requests[^1];
        var said = last.Where(message => message.Role == ChatRole.User).Select(message => message.Text);
        const string from = "(Sage: the hook `guard.sh` (~/.sage/settings.json) adds:)\n\n";
        Assert.Equal(
            [
                "go",
                $"{from}On startup.",
                $"{from}Branch: main.",
                "on",
                $"{from}Branch: main.",
                "once more",
                $"{from}On resume.",
                $"{from}Branch: main.",
            ],
            said
        );
        Assert.Null(HistoryRules.FindViolation(last));
        await rig.RestartAsync();
        Assert.Equal(2, rig.Hooks.Happened.OfType<HookEvent.SessionEnded>().Count());
    }

    [Fact]
    public async Task A_turn_goes_on_once_when_a_hook_wants_it_and_says_why()
    {
        await using var rig = new AgentRig();
        rig.Hooks.Answer<HookEvent.TurnEnding>(_ => Denying("The tests fail."));
        rig.Model.Reply(new TextContent("Done.")).Reply(new TextContent("Now really."));

        var result = await rig.RunAsync("go");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        var requests = rig.Model.Requests;
        Assert.Equal(2, requests.Count);
        Assert.Equal(
            "(Sage: the hook `guard.sh` (~/.sage/settings.json) wants you to go on before you end:)\n\nThe tests fail.",
            requests[1][^1].Text
        );
        Assert.Equal(
            [(false, "Done."), (true, "Now really.")],
            rig.Hooks.Happened.OfType<HookEvent.TurnEnding>().Select(ending => (ending.WasKept, ending.LastReply))
        );
        Assert.Equal([HookEffect.Continued, HookEffect.Failed], rig.Client.Of<HookRan>().Select(ran => ran.Effect));
    }

    [Fact]
    public async Task Words_beside_a_running_turn_are_denied_alone()
    {
        await using var rig = new AgentRig();
        Session session = null!;
        rig.Hooks.Answer<HookEvent.PromptSubmitted>(submitted =>
            submitted.Prompt == "stop testing" ? Denying("Tests stay.") : null
        );
        rig.Tools.Add(
            new FunctionTool(
                "work",
                async (_, _, _) =>
                {
                    await session.AcceptAsync("s1", SteerKind.Steer, [new TextPart("stop testing")], default);
                    await session.AcceptAsync("s2", SteerKind.Steer, [new TextPart("use tabs")], default);
                    return Sage.Agent.ToolCalls.ToolResult.Ok("worked");
                }
            )
        );
        session = await rig.NewSessionAsync();
        rig.Model.Reply(Call("1", "work"));

        await AgentRig.RunAsync(session, "go");

        var last = rig.Model.Requests[^1];
        Assert.Contains(last, message => message.Text == "go");
        Assert.Contains(last, message => message.Text.Contains("use tabs", StringComparison.Ordinal));
        Assert.DoesNotContain(last, message => message.Text.Contains("stop testing", StringComparison.Ordinal));
        Assert.Equal("s1", Assert.Single(rig.Client.Of<HookRan>()).SteerId);
        Assert.Equal(0, session.WaitingPrompts);
    }

    [Fact]
    public async Task Stopping_the_turn_ends_a_hook_that_hangs()
    {
        await using var rig = new AgentRig();
        using var stop = new CancellationTokenSource();
        rig.Hooks.Says = async (happened, token) =>
        {
            if (happened is HookEvent.SessionStarted)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }

            return null;
        };

        var result = await rig.RunAsync("go", cancellationToken: stop.Token).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        Assert.Empty(rig.Model.Requests);
    }

    [Fact]
    public async Task Hooks_hold_for_sub_agents_and_one_knows_when_one_ends()
    {
        await using var rig = new SubagentRig();
        rig.Agent.Hooks.Says = (happened, _) =>
            Task.FromResult(
                happened switch
                {
                    HookEvent.BeforeTool { Of.Tool: "edit" } => Denying("No edits."),
                    HookEvent.TurnEnding { Scene.Agent: not null, WasKept: false } => Denying("Look twice."),
                    _ => null,
                }
            );
        rig.When("fix it", n => n == 0 ? [Call("e", "edit")] : [new TextContent($"Reply {n}.")]);
        rig.Agent.Model.Reply(SubagentRig.Start("1", "fix it"));

        await rig.Agent.RunAsync("go");

        var before = rig.Agent.Hooks.Happened.OfType<HookEvent.BeforeTool>().Single(b => b.Of.Tool == "edit");
        Assert.Equal(new HookAgent(Assert.Single(rig.Results).CallId, "general"), before.Scene.Agent);
        Assert.Equal(
            [(HookMoment.PreToolUse, HookEffect.Denied), (HookMoment.SubagentStop, HookEffect.Continued)],
            rig.Inside<HookRan>(before.Scene.Agent!.CallId).Select(ran => (ran.On, ran.Effect))
        );
        Assert.Contains("Reply 2.", rig.Results[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_the_files_is_said_once()
    {
        await using var rig = new AgentRig();
        rig.Hooks.Problems = ["The hooks in .sage/settings.json must be an object."];
        var session = await rig.NewSessionAsync();

        await AgentRig.RunAsync(session, "go");
        await AgentRig.RunAsync(session, "on");

        Assert.Equal(
            "The hooks in .sage/settings.json must be an object.",
            Assert.Single(rig.Client.Of<Notice>()).Text
        );
    }

    [Fact]
    public async Task A_summary_that_the_user_asked_for_can_be_denied()
    {
        await using var rig = new AgentRig();
        rig.Hooks.Answer<HookEvent.BeforeCompaction>(_ => Denying("Keep it all."));
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "go");
        await AgentRig.RunAsync(session, "on");

        var result = await session.CompactAsync(default);

        Assert.False(result.Compacted);
        Assert.Equal(
            (HookMoment.PreCompact, HookEffect.Denied),
            rig.Client.Of<HookRan>().Select(ran => (ran.On, ran.Effect)).Single()
        );
        rig.Hooks.Answer<HookEvent.BeforeCompaction>(_ => null);
        Assert.True((await session.CompactAsync(default)).Compacted);
        Assert.Equal("compact", rig.Hooks.Happened.OfType<HookEvent.SessionStarted>().Last().Source);
    }

    private static HookAnswer Denying(string why) => FakeHooks.Hook with { Decision = HookDecision.Deny, Reason = why };
}
