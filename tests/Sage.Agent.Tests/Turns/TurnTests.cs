using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Questions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Turns;

public sealed class TurnTests
{
    [Fact]
    public async Task A_reply_without_calls_ends_the_turn()
    {
        await using var rig = new AgentRig();
        rig.Model.Reply(
            new TextContent("Hel"),
            new TextContent("lo"),
            new UsageContent(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 2 })
        );
        var result = await rig.RunAsync("hi");
        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(new TokenUsage(10, 2), result.Usage);
        Assert.Equal("Hello", Assert.Single(rig.Client.Of<ReplyEnded>()).Text);
        Assert.IsType<TurnEnded>(rig.Client.Envelopes[^1].Event);
    }

    [Fact]
    public async Task Durable_events_are_numbered_without_gaps_and_are_what_the_journal_holds()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
        rig.Model.Reply(Call("1", "look"), Call("2", "look"));
        await rig.RunAsync("hi");
        var durable = rig.Client.Envelopes.Where(e => e.Seq is not null).ToList();
        Assert.Equal(Enumerable.Range(1, durable.Count).Select(n => (long?)n), durable.Select(e => e.Seq));
        Assert.Equal(durable, rig.Journals[durable[0].SessionId]);
        Assert.All(
            rig.Client.Envelopes.Where(e => e.Seq is null),
            e => Assert.IsType<TransientEvent>(e.Event, exactMatch: false)
        );
    }

    [Fact]
    public async Task Twenty_thousand_deltas_arrive_whole_and_in_order()
    {
        await using var rig = new AgentRig();
        rig.Model.Reply([.. Enumerable.Range(0, 20_000).Select(n => new TextContent($"{n} "))]);
        await rig.RunAsync("count");
        var text = string.Concat(rig.Client.Of<TextDelta>().Select(d => d.Text));
        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(n => $"{n} ")), text);
        Assert.Equal(text, Assert.Single(rig.Client.Of<ReplyEnded>()).Text);
        var offset = 0;
        foreach (var delta in rig.Client.Of<TextDelta>())
        {
            Assert.Equal(offset, delta.Offset);
            offset += delta.Text.Length;
        }
    }

    [Theory]
    [InlineData("length", TurnErrorCodes.MaxTokens)]
    [InlineData("content_filter", TurnErrorCodes.ContentFilter)]
    [InlineData("refusal", TurnErrorCodes.Refusal)]
    [InlineData("something_new", TurnErrorCodes.UnknownStop)]
    public async Task A_stop_that_is_no_end_fails_the_turn_and_keeps_the_text(string finish, string code)
    {
        await using var rig = new AgentRig();
        rig.Model.Reply([new TextContent("half an ans")], new ChatFinishReason(finish));
        var result = await rig.RunAsync("hi");
        Assert.Equal((TurnOutcome.Failed, code), (result.Outcome, result.Error?.Code));
        Assert.Equal("half an ans", Assert.Single(rig.Client.Of<ReplyEnded>()).Text);
    }

    [Fact]
    public async Task An_empty_first_reply_is_an_error_not_a_success()
    {
        await using var rig = new AgentRig();
        rig.Model.Reply();
        var result = await rig.RunAsync("hi");
        Assert.Equal(TurnErrorCodes.InvalidResponse, result.Error?.Code);
    }

    [Fact]
    public async Task A_model_that_fails_mid_reply_fails_the_turn_and_the_next_one_works()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(new FunctionTool("wait", async (_, _, token) => await Forever(token)));
        rig.Model.Reply(_ => Breaking());
        var session = await rig.NewSessionAsync();
        var failed = await AgentRig.RunAsync(session, "hi").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(
            (TurnOutcome.Failed, "overloaded", true),
            (failed.Outcome, failed.Error!.Code, failed.Error.Retryable)
        );
        Assert.Equal(ToolCallStatus.Cancelled, Assert.Single(rig.Client.Of<ToolCallEnded>()).Status);
        var next = await AgentRig.RunAsync(session, "again");
        Assert.Equal(TurnOutcome.Completed, next.Outcome);
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));

        static async IAsyncEnumerable<ChatResponseUpdate> Breaking()
        {
            yield return Update(new TextContent("so far"));
            yield return Update(Call("1", "wait"));
            await Task.Yield();
            throw new ModelException(TurnErrorCodes.Overloaded, "It broke down.", retryable: true);
        }
    }

    [Fact]
    public async Task Steps_tokens_and_minutes_are_checked_before_each_request()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(
            FunctionTool.Answering(
                "work",
                input =>
                {
                    rig.Time.Advance(TimeSpan.FromMinutes(1));
                    return input.GetRawText();
                }
            )
        );
        var n = 0;
        rig.Model.Fallback = _ =>
            [Call($"c{n}", "work", new { n = n++ }), new UsageContent(new UsageDetails { InputTokenCount = 100 })];
        Assert.Equal(TurnOutcome.MaxSteps, (await rig.RunAsync("a", limits: new TurnLimits(3))).Outcome);
        Assert.Equal(3, rig.Model.Requests.Count);
        var twoMinutes = new TurnLimits(99, null, TimeSpan.FromMinutes(2));
        Assert.Equal(TurnOutcome.BudgetExceeded, (await rig.RunAsync("c", limits: twoMinutes)).Outcome);
        Assert.Equal(5, rig.Model.Requests.Count);
    }

    [Fact]
    public async Task A_loop_ends_the_turn_as_failed_when_nobody_can_be_asked()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => "same"));
        rig.Model.Fallback = sent => [Call($"c{sent.Count}", "look")];
        var result = await rig.RunAsync("hi");
        Assert.Equal(TurnErrorCodes.LoopDetected, result.Error?.Code);
        Assert.Equal(LoopGuard.Limit, rig.Model.Requests.Count);
    }

    [Fact]
    public async Task A_user_who_says_go_on_is_obeyed_and_asked_again_later()
    {
        await using var rig = new AgentRig();
        var asked = 0;
        rig.Client.OnQuestion = (question, _) =>
        {
            ImmutableArray<string> answer = [++asked == 1 ? "Go on" : "Stop"];
            return Task.FromResult<AskQuestionResult?>(new AskQuestionResult([answer]));
        };
        rig.Tools.Add(FunctionTool.Answering("look", _ => "same"));
        rig.Model.Fallback = sent => [Call($"c{sent.Count}", "look")];
        var result = await rig.RunAsync("hi");
        Assert.Equal((2, TurnErrorCodes.LoopDetected), (asked, result.Error?.Code));
        Assert.Equal(2 * LoopGuard.Limit, rig.Model.Requests.Count);
    }

    [Fact]
    public async Task The_same_call_with_new_results_is_no_loop()
    {
        await using var rig = new AgentRig();
        var n = 0;
        rig.Tools.Add(FunctionTool.Answering("poll", _ => $"{++n}"));
        rig.Model.Fallback = sent => n < 20 ? [Call($"c{sent.Count}", "poll")] : [new TextContent("ready")];
        Assert.Equal(TurnOutcome.Completed, (await rig.RunAsync("hi")).Outcome);
    }

    [Fact]
    public async Task The_prompts_prefix_never_changes_from_request_to_request()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", input => input.GetRawText()));
        rig.Model.Reply(Call("1", "look", new { n = 1 })).Reply(Call("2", "look", new { n = 2 }));
        await rig.RunAsync("hi");
        for (var i = 1; i < rig.Model.Requests.Count; i++)
        {
            var earlier = rig.Model.Requests[i - 1].Select(Render);
            Assert.Equal(earlier, rig.Model.Requests[i].Take(rig.Model.Requests[i - 1].Count).Select(Render));
        }

        static string Render(ChatMessage message) =>
            $"{message.Role}: {string.Join('|', message.Contents.Select(c => c switch { TextContent t => t.Text, ToolCallReady r => r.CallId + r.Arguments, ToolCallAnswer a => a.CallId + a.Text, _ => c.GetType().Name }))}";
    }

    [Fact]
    public async Task A_second_turn_in_a_running_session_is_refused()
    {
        await using var rig = new AgentRig();
        var inside = new TaskCompletionSource();
        rig.Tools.Add(
            new FunctionTool(
                "wait",
                async (_, _, token) =>
                {
                    inside.SetResult();
                    return await Forever(token);
                }
            )
        );
        rig.Model.Reply(Call("1", "wait"));
        using var stop = new CancellationTokenSource();
        var session = await rig.NewSessionAsync();
        var running = AgentRig.RunAsync(session, "hi", cancellationToken: stop.Token);
        await inside.Task;
        var refused = await Assert.ThrowsAsync<Protocol.SageException>(() => AgentRig.RunAsync(session, "me too"));
        Assert.Equal(Protocol.ErrorCodes.TurnRunning, refused.Code);
        await stop.CancelAsync();
        Assert.Equal(TurnOutcome.Interrupted, (await running).Outcome);
    }

    [Fact]
    public async Task A_full_disk_fails_the_turn_with_what_to_do()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
        rig.Journals.Fails = e => e.Event is ToolCallEnded or TurnEnded;
        rig.Model.Reply(Call("1", "look"));
        var result = await rig.RunAsync("hi").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TurnErrorCodes.Storage, result.Error?.Code);
        Assert.Contains("No space left", result.Error!.Message, StringComparison.Ordinal);
        Assert.IsType<TurnEnded>(rig.Client.Envelopes[^1].Event);
    }

    private static async Task<Agent.ToolCalls.ToolResult> Forever(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        throw new InvalidOperationException("The wait ended.");
    }
}
