using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using Sage.TestKit.Fakes;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Hooks;

/// <summary>What hooks before and after a call do with it, and what they cannot do.</summary>
public sealed class ToolHookTests
{
    [Fact]
    public async Task A_call_that_a_hook_denies_does_not_run_and_the_model_reads_why()
    {
        await using var rig = Rig();
        rig.Hooks.Answer<HookEvent.BeforeTool>(_ => Denying("Production is frozen."));
        rig.Model.Reply(Call("1", "act"));

        await rig.RunAsync("go");

        var ended = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(ToolCallStatus.Denied, ended.Status);
        Assert.Equal("Denied by the hook guard.sh (~/.sage/settings.json): Production is frozen.", ended.Text);
        var ran = Assert.Single(rig.Client.Of<HookRan>());
        Assert.Equal(
            (HookMoment.PreToolUse, HookEffect.Denied, "Production is frozen.", ended.CallId),
            (ran.On, ran.Effect, ran.Text, ran.CallId)
        );
        Assert.DoesNotContain(rig.Hooks.Happened, happened => happened is HookEvent.AfterTool);
    }

    [Fact]
    public async Task A_hook_has_the_user_asked_in_every_mode_and_says_why()
    {
        await using var rig = Rig();
        rig.Hooks.Answer<HookEvent.BeforeTool>(_ =>
            FakeHooks.Hook with
            {
                Decision = HookDecision.Ask,
                Reason = "It is Friday.",
            }
        );
        PermissionRequestParams? asked = null;
        rig.Client.OnPermission = (request, _) =>
        {
            asked = request;
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow));
        };
        rig.Model.Reply(Call("1", "look"));

        await rig.RunAsync("go", PermissionMode.Full);

        Assert.Equal("It is asked because of the hook guard.sh (~/.sage/settings.json): It is Friday.", asked?.Reason);
        Assert.Equal(HookEffect.Asked, Assert.Single(rig.Client.Of<HookRan>()).Effect);
        Assert.Equal(ToolCallStatus.Ok, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
    }

    [Fact]
    public async Task A_hook_allows_what_the_mode_alone_would_ask_about()
    {
        await using var rig = Rig();
        CallConsent? consent = null;
        rig.Tools.Add(
            new FunctionTool(
                "consent",
                (_, context, _) =>
                {
                    consent = context.Consent;
                    return Task.FromResult(ToolResult.Ok("ran"));
                }
            )
            {
                Kind = PermissionKind.Execute,
            }
        );
        rig.Hooks.Answer<HookEvent.BeforeTool>(_ => Allowing);
        rig.Model.Reply(Call("1", "consent"));

        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Empty(rig.Client.Of<PermissionAsked>());
        Assert.Equal(HookEffect.Allowed, Assert.Single(rig.Client.Of<HookRan>()).Effect);
        Assert.Equal(ConsentSource.Rule, consent?.Source);

        rig.Hooks.Answer<HookEvent.BeforeTool>(_ => Allowing with { IsOfProject = true });
        rig.Model.Reply(Call("2", "consent"));
        await rig.RunAsync("go", PermissionMode.Ask);

        // A project's hook is nobody who has looked at it: the walls stay.
        Assert.Equal(ConsentSource.Mode, consent?.Source);
    }

    [Theory]
    [InlineData("rule")]
    [InlineData("plan")]
    [InlineData("trust")]
    public async Task What_is_refused_no_hook_allows(string why)
    {
        await using var rig = Rig();
        rig.Rules.Policy = why switch
        {
            "rule" => new PermissionPolicy([Rule("act", RuleEffect.Deny)]),
            "trust" => PermissionPolicy.Empty with { OnlyReads = true },
            _ => PermissionPolicy.Empty,
        };
        rig.Hooks.Says = (_, _) => Task.FromResult<HookAnswer?>(Allowing);
        rig.Model.Reply(Call("1", "act"));

        await rig.RunAsync("go", why == "plan" ? PermissionMode.Plan : PermissionMode.Full);

        Assert.Equal(ToolCallStatus.Denied, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
    }

    [Theory]
    [InlineData("rule")]
    [InlineData("danger")]
    [InlineData("outside")]
    [InlineData("policy")]
    public async Task What_is_asked_for_more_than_the_mode_no_hook_allows(string why)
    {
        await using var rig = Rig(why == "danger" ? new Danger("It deletes all.", DangerLevel.Notable) : null);
        rig.Tools.Add(
            new FunctionTool(
                "browse",
                (_, _, _) =>
                    Task.FromResult(ToolResult.Ok("") with { Outside = new OutsideText("https://example.com", "Act!") })
            )
        );
        rig.Rules.Policy = why switch
        {
            "rule" => new PermissionPolicy([Rule("act", RuleEffect.Ask)]),
            "policy" => PermissionPolicy.Empty with { Problem = "settings.json cannot be read." },
            _ => PermissionPolicy.Empty,
        };
        rig.Hooks.Says = (_, _) => Task.FromResult<HookAnswer?>(Allowing);
        rig.Client.OnPermission = (_, _) => Task.FromResult(new PermissionRequestResult(PermissionDecision.Deny));
        if (why == "outside")
        {
            rig.Model.Reply(Call("0", "browse"));
        }

        rig.Model.Reply(Call("1", "act"));

        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Single(rig.Client.Of<PermissionAsked>());
        Assert.Equal(ToolCallStatus.Denied, rig.Client.Of<ToolCallEnded>().Last().Status);
    }

    [Fact]
    public async Task Arguments_that_a_hook_changed_are_what_is_asked_about_and_runs_and_the_model_is_told()
    {
        await using var rig = Rig();
        rig.Hooks.Answer<HookEvent.BeforeTool>(_ => Changing("""{"safe":true}"""));
        PermissionRequestParams? asked = null;
        rig.Client.OnPermission = (request, _) =>
        {
            asked = request;
            return Task.FromResult(new PermissionRequestResult(PermissionDecision.Allow));
        };
        rig.Model.Reply(Call("1", "act", new { safe = false }));

        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Equal("""{"safe":true}""", asked?.Input.GetRawText());
        Assert.Equal(
            "A hook changed the arguments of this call to {\"safe\":true}\n\nran {\"safe\":true}",
            Assert.Single(rig.Client.Of<ToolCallEnded>()).Text
        );
        Assert.Equal("""{"safe":true}""", Assert.Single(rig.Client.Of<HookRan>()).Input?.GetRawText());
        var after = Assert.Single(rig.Hooks.Happened.OfType<HookEvent.AfterTool>());
        Assert.Equal("""{"safe":true}""", after.Of.Input.GetRawText());
    }

    [Fact]
    public async Task Arguments_that_reach_further_than_the_call_are_refused()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(
            new FunctionTool("write", (_, _, _) => Task.FromResult(ToolResult.Ok("wrote")))
            {
                Access = input => ResourceAccess.Write(input.GetProperty("path").GetString()!),
            }
        );
        rig.Hooks.Answer<HookEvent.BeforeTool>(_ => Changing("""{"path":"/w/other"}"""));
        rig.Model.Reply(Call("1", "write", new { path = "/w/a" }));

        await rig.RunAsync("go");

        var ended = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(ToolCallStatus.Error, ended.Status);
        Assert.Contains("which touches other files. Make that call instead.", ended.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_rule_denies_stays_denied_when_a_hook_makes_it_so()
    {
        await using var rig = Rig();
        rig.Rules.Policy = new PermissionPolicy([Rule("act({\"safe\":false})", RuleEffect.Deny)]);
        rig.Hooks.Answer<HookEvent.BeforeTool>(_ =>
            Changing("""{"safe":false}""") with
            {
                Decision = HookDecision.Allow,
            }
        );
        rig.Model.Reply(Call("1", "act", new { safe = true }));

        await rig.RunAsync("go", PermissionMode.Full);

        Assert.Equal(ToolCallStatus.Denied, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
    }

    [Fact]
    public async Task What_hooks_add_stands_behind_the_result_and_in_every_replay_of_it()
    {
        await using var rig = Rig();
        rig.Hooks.Says = (happened, _) =>
            Task.FromResult(
                happened switch
                {
                    HookEvent.BeforeTool => FakeHooks.Hook with { Context = "Mind the fence." },
                    HookEvent.AfterTool after => FakeHooks.Hook with { Context = $"Linted {after.Text}." },
                    _ => null,
                }
            );
        rig.Model.Reply(Call("1", "look"));
        var session = await rig.NewSessionAsync();

        await AgentRig.RunAsync(session, "go");
        await rig.RestartAsync();
        await AgentRig.RunAsync(await rig.Sessions.OpenAsync(rig.Workspace, session.Id, default), "on");

        var sent = rig.Model.Requests.Select(request =>
            request.SelectMany(message => message.Contents).OfType<ToolCallAnswer>().FirstOrDefault()?.Text
        );
        const string whole =
            "saw\n\n[From the hook guard.sh (~/.sage/settings.json):]\n\nMind the fence.\n\n[From the hook guard.sh (~/.sage/settings.json):]\n\nLinted saw.";
        Assert.Equal([null, whole, whole], sent);
        Assert.Equal(
            [HookEffect.Added, HookEffect.Added],
            rig.Client.Of<HookRan>().Where(ran => ran.CallId is not null).Select(ran => ran.Effect)
        );
    }

    [Fact]
    public async Task A_hook_that_fails_is_told_and_keeps_nothing_from_happening()
    {
        await using var rig = Rig();
        rig.Hooks.Answer<HookEvent.BeforeTool>(_ => FakeHooks.Hook with { Failure = "It ended with exit code 127." });
        rig.Model.Reply(Call("1", "look"));

        var result = await rig.RunAsync("go");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal("saw", Assert.Single(rig.Client.Of<ToolCallEnded>()).Text);
        var ran = Assert.Single(rig.Client.Of<HookRan>());
        Assert.Equal((HookEffect.Failed, "It ended with exit code 127."), (ran.Effect, ran.Text));
    }

    [Fact]
    public async Task Stopping_the_turn_ends_a_hook_and_a_result_that_was_there_is_not_lost()
    {
        await using var rig = Rig();
        using var stop = new CancellationTokenSource();
        rig.Hooks.Says = async (happened, token) =>
        {
            if (happened is HookEvent.AfterTool)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }

            return null;
        };
        rig.Model.Reply(Call("1", "look"));

        var result = await rig.RunAsync("go", cancellationToken: stop.Token);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        var ended = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal((ToolCallStatus.Ok, "saw"), (ended.Status, ended.Text));
    }

    [Fact]
    public async Task A_question_can_be_answered_by_a_hook_or_only_be_known_to_it()
    {
        await using var rig = Rig();
        rig.Hooks.Answer<HookEvent.PermissionNeeded>(_ => Allowing);
        rig.Model.Reply(Call("1", "act"));
        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Empty(rig.Client.Of<PermissionAsked>());
        Assert.Equal(HookMoment.PermissionRequest, Assert.Single(rig.Client.Of<HookRan>()).On);

        rig.Hooks.Answer<HookEvent.PermissionNeeded>(_ => Denying("Not today."));
        rig.Model.Reply(Call("2", "act"));
        await rig.RunAsync("go", PermissionMode.Ask);

        Assert.Empty(rig.Client.Of<PermissionAsked>());
        Assert.Equal(ToolCallStatus.Denied, rig.Client.Of<ToolCallEnded>().Last().Status);

        rig.Hooks.Says = async (happened, token) =>
        {
            if (happened is HookEvent.UserAsked)
            {
                // It would wait for ever if the answer did not end it.
                await Task.Delay(Timeout.Infinite, token);
            }

            return null;
        };
        rig.Model.Reply(Call("3", "act"));
        var result = await rig.RunAsync("go", PermissionMode.Ask).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Single(rig.Client.Of<PermissionAsked>());
        var told = Assert.Single(rig.Hooks.Happened.OfType<HookEvent.UserAsked>());
        Assert.StartsWith("Sage asks for your permission: act", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_taken_out_of_what_a_hook_says()
    {
        await using var rig = Rig();
        rig.Secrets.Add("hunter2-hunter2");
        rig.Hooks.Answer<HookEvent.BeforeTool>(_ => FakeHooks.Hook with { Context = "The key is hunter2-hunter2." });
        rig.Model.Reply(Call("1", "look"));

        await rig.RunAsync("go");

        Assert.All(
            rig.Client.Events.Select(happened => JsonSerializer.Serialize(happened.ToString())),
            text => Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal)
        );
        Assert.Contains("The key is", Assert.Single(rig.Client.Of<ToolCallEnded>()).Text, StringComparison.Ordinal);
    }

    private static HookAnswer Allowing { get; } = FakeHooks.Hook with { Decision = HookDecision.Allow };

    private static HookAnswer Denying(string why) => FakeHooks.Hook with { Decision = HookDecision.Deny, Reason = why };

    private static HookAnswer Changing(string input) => FakeHooks.Hook with { Input = JsonElement.Parse(input) };

    private static PermissionRule Rule(string text, RuleEffect effect) =>
        PermissionRule.TryParse(text, effect, new RuleSource(RuleSourceKind.User, "settings.json"))!;

    private static AgentRig Rig(Danger? danger = null)
    {
        var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => "saw"));
        rig.Tools.Add(
            new FunctionTool("act", (input, _, _) => Task.FromResult(ToolResult.Ok($"ran {input}")))
            {
                Kind = PermissionKind.Execute,
                Preflight = _ => Preflight.None with { Danger = danger },
            }
        );
        return rig;
    }
}
