using CsCheck;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Sessions;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Context;

/// <summary>A conversation that grows beyond the model's context goes on.</summary>
public sealed class CompactionTests
{
    private const int Window = 4_000;

    [Fact]
    public async Task Old_results_go_first_and_cost_no_request()
    {
        await using var rig = Rig();
        rig.ContextWindow = Window;
        for (var i = 0; i < 4; i++)
        {
            rig.Model.Reply(Call($"{i}", "read", new { characters = 3_000, path = $"file{i}.txt" }));
        }

        var result = await rig.RunAsync("read them");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        var compacted = rig.Client.Of<Compacted>().ToList();
        Assert.NotEmpty(compacted);
        Assert.All(compacted, e => Assert.Null(e.Summary));
        Assert.All(compacted, e => Assert.True(e.TokensAfter < e.TokensBefore));
        Assert.Equal(5, rig.Model.Requests.Count);
        var results = rig.Model.Requests[^1].SelectMany(m => m.Contents).OfType<ToolCallAnswer>().ToList();
        Assert.Contains("Left out to make room", results[0].Text, StringComparison.Ordinal);
        Assert.Equal(3_000, results[^1].Text.Length);
        Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
    }

    [Fact]
    public async Task What_was_said_is_summarised_and_what_is_known_without_a_model_stands_beside_it()
    {
        await using var rig = Rig();
        rig.ContextWindow = Window;
        var session = await rig.NewSessionAsync();
        rig.Model.Fallback = messages =>
            IsSummary(messages)
                ? [new TextContent("They talked about herons."), Usage(500, 20)]
                : [new TextContent(new string('x', 2_000))];
        for (var i = 0; i < 8; i++)
        {
            await AgentRig.RunAsync(session, $"question {i} " + new string('y', 1_000));
        }

        var compacted = rig.Client.Of<Compacted>().Last(e => e.Summary is not null);
        Assert.Equal(("They talked about herons.", 500), (compacted.Summary, compacted.Usage?.InputTokens));
        Assert.Equal(CompactionReason.Full, compacted.Reason);
        Assert.NotEmpty(rig.Client.Of<Compacting>());
        var sent = rig.Model.Requests[^1];
        Assert.Contains("They talked about herons.", sent[1].Text, StringComparison.Ordinal);
        Assert.Contains("question", sent[1].Text, StringComparison.Ordinal);
        Assert.StartsWith("question 7", sent[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sent.Skip(2), m => m.Text.StartsWith("question 0", StringComparison.Ordinal));
        Assert.Null(HistoryRules.FindViolation(sent));
    }

    [Fact]
    public async Task An_overflow_makes_room_and_the_turn_goes_on()
    {
        await using var rig = Rig();
        var session = await rig.NewSessionAsync();
        Limit(rig, Window);
        for (var i = 0; i < 12; i++)
        {
            var result = await AgentRig.RunAsync(session, $"question {i} " + new string('y', 2_000));

            Assert.Equal((TurnOutcome.Completed, null), (result.Outcome, result.Error));
        }

        Assert.Contains(rig.Client.Of<Compacted>(), e => e is { Reason: CompactionReason.Overflow, Summary: not null });
    }

    [Fact]
    public async Task A_provider_whose_context_is_known_never_has_to_refuse()
    {
        await using var rig = Rig();
        rig.ContextWindow = Window;
        var session = await rig.NewSessionAsync();
        var call = 0;
        rig.Model.Fallback = messages =>
            Size(messages) / 4 > Window ? throw new ModelException(TurnErrorCodes.ContextOverflow, "too long", false)
            : IsSummary(messages) ? [new TextContent("a summary")]
            : call++ % 4 < 3
                ? [Call($"{call}", "read", new { characters = 700 * (call % 3), path = "f" }), Honest(messages)]
            : [new TextContent("fine"), Honest(messages)];
        for (var i = 0; i < 15; i++)
        {
            await AgentRig.RunAsync(session, $"question {i} " + new string('y', 500));
        }

        Assert.NotEmpty(rig.Client.Of<Compacted>());
        Assert.All(rig.Client.Of<Compacted>(), e => Assert.Equal(CompactionReason.Full, e.Reason));
    }

    [Fact]
    public async Task A_summary_that_is_itself_too_long_is_asked_for_with_less()
    {
        await using var rig = Rig();
        var session = await rig.NewSessionAsync();
        Limit(rig, Window);
        await AgentRig.RunAsync(session, "one " + new string('y', 7_000));
        await AgentRig.RunAsync(session, "two " + new string('y', 7_000));
        var asked = rig.Model.Requests.Count;
        Limit(rig, Window / 2);

        var result = await session.CompactAsync(CancellationToken.None);

        Assert.True(result.Compacted);
        Assert.Equal("a summary", Assert.Single(rig.Client.Of<Compacted>()).Summary);
        Assert.InRange(rig.Model.Requests.Count - asked, 2, 4);
    }

    [Fact]
    public async Task Without_a_model_that_can_summarise_the_users_words_stand_for_the_rest()
    {
        await using var rig = Rig();
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "find the heron");
        await AgentRig.RunAsync(session, "and its nest");
        rig.Model.Fallback = _ => throw new ModelException(TurnErrorCodes.Network, "unreachable", true);

        var result = await session.CompactAsync(CancellationToken.None);

        Assert.True(result.Compacted);
        var summary = Assert.Single(rig.Client.Of<Compacted>()).Summary;
        Assert.Contains("find the heron", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_while_it_is_summarised_ends_the_turn_and_loses_nothing()
    {
        await using var rig = Rig();
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "one " + new string('y', 8_000));
        await AgentRig.RunAsync(session, "two " + new string('y', 8_000));
        rig.ContextWindow = Window;
        using var stop = new CancellationTokenSource();
        rig.Client.OnEvent = envelope =>
        {
            if (envelope.Event is Compacting)
            {
                stop.Cancel();
            }
        };

        var stopped = await AgentRig.RunAsync(session, "three", cancellationToken: stop.Token);

        Assert.Equal(TurnOutcome.Interrupted, stopped.Outcome);
        Assert.DoesNotContain(rig.Client.Of<Compacted>(), e => e.Summary is not null);
        rig.Client.OnEvent = null;
        Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "four")).Outcome);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_by_itself_fails_once_and_says_so()
    {
        await using var rig = Rig();
        Limit(rig, Window);

        var result = await rig.RunAsync(new string('y', 100_000));

        Assert.Equal((TurnOutcome.Failed, TurnErrorCodes.ContextOverflow), (result.Outcome, result.Error?.Code));
        Assert.InRange(rig.Model.Requests.Count, 1, 4);
    }

    [Fact]
    public async Task Results_that_are_too_long_by_themselves_are_left_out_and_the_model_is_told()
    {
        await using var rig = Rig();
        Limit(rig, Window);
        rig.Model.Reply(Call("1", "read", new { characters = 30_000, path = "big" }));

        var result = await rig.RunAsync("read it");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Contains(
            rig.Model.Requests[^1].SelectMany(m => m.Contents).OfType<ToolCallAnswer>(),
            answer => answer.Text.Contains("Left out to make room", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Nothing_is_compacted_while_a_turn_runs()
    {
        await using var rig = Rig();
        var session = await rig.NewSessionAsync();
        SageException? refused = null;
        rig.Client.OnEvent = envelope =>
        {
            if (envelope.Event is TextDelta)
            {
                refused = Assert
                    .ThrowsAsync<SageException>(() => session.CompactAsync(CancellationToken.None))
                    .GetAwaiter()
                    .GetResult();
            }
        };

        await AgentRig.RunAsync(session, "go");

        Assert.Equal(ErrorCodes.TurnRunning, refused?.Code);
    }

    /// <summary>Any order of turns, failures, stops, compactions and restarts.</summary>
    [Fact]
    public void The_history_is_valid_whatever_happens() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6_000])
            .List[1, 14]
            .Sample(steps => RunAsync(steps).GetAwaiter().GetResult(), iter: 150, threads: 1);

    private static async Task RunAsync(List<(int Kind, int Size)> steps)
    {
        await using var rig = Rig();
        Limit(rig, Window);
        var session = await rig.NewSessionAsync();
        var call = 0;
        foreach (var (kind, size) in steps)
        {
            switch (kind)
            {
                case 0:
                    await rig.RestartAsync();
                    session = await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);
                    break;
                case 1:
                    await session.CompactAsync(CancellationToken.None);
                    break;
                case 2:
                    rig.ContextWindow = size < 3_000 ? Window : null;
                    break;
                case 3:
                    await StopAtAsync(rig, session, size % 12);
                    break;
                case 4:
                    rig.Model.Reply(_ => throw new ModelException(TurnErrorCodes.Network, "gone", true));
                    await AgentRig.RunAsync(session, "fails");
                    break;
                default:
                    rig.Model.Reply(Call($"{call++}", "read", new { characters = size, path = $"f{call}" }));
                    await AgentRig.RunAsync(session, "go " + new string('z', size / 4));
                    break;
            }
        }

        Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "last")).Outcome);
        Assert.All(rig.Model.Requests, request => Assert.Null(HistoryRules.FindViolation(request)));
    }

    private static async Task StopAtAsync(AgentRig rig, Session session, int index)
    {
        using var stop = new CancellationTokenSource();
        var seen = 0;
        rig.Client.OnEvent = _ =>
        {
            if (seen++ == index)
            {
                stop.Cancel();
            }
        };
        await AgentRig.RunAsync(session, "stopped", cancellationToken: stop.Token);
        rig.Client.OnEvent = null;
    }

    private static AgentRig Rig()
    {
        var rig = new AgentRig();
        rig.Tools.Add(
            FunctionTool.Answering("read", input => new string('r', input.GetProperty("characters").GetInt32()))
        );
        return rig;
    }

    /// <summary>The provider takes no more than this many tokens, four characters each.</summary>
    private static void Limit(AgentRig rig, int tokens) =>
        rig.Model.Fallback = messages =>
            Size(messages) / 4 > tokens
                ? throw new ModelException(TurnErrorCodes.ContextOverflow, "prompt is too long", false)
            : IsSummary(messages) ? [new TextContent("a summary")]
            : [new TextContent("fine")];

    private static int Size(IReadOnlyList<ChatMessage> messages) =>
        messages
            .SelectMany(m => m.Contents)
            .Sum(c =>
                c is TextContent text ? text.Text.Length
                : c is ToolCallAnswer answer ? answer.Text.Length
                : 0
            );

    private static bool IsSummary(IReadOnlyList<ChatMessage> messages) =>
        messages[0].Text.StartsWith("You summarise", StringComparison.Ordinal);

    private static UsageContent Honest(IReadOnlyList<ChatMessage> messages) => Usage(Size(messages) / 4, 5);

    private static UsageContent Usage(int input, int output) =>
        new(new UsageDetails { InputTokenCount = input, OutputTokenCount = output });
}
