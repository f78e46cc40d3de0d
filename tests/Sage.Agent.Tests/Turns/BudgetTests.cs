using Microsoft.Extensions.AI;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Questions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Turns;

/// <summary>A limit stops a turn before the request that would break it, and the user can raise it.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    // Ten cents for the input of each scripted request, one for its output.
    private static readonly ModelPrice Price = new(10, 100);
    private readonly AgentRig _rig = new() { Price = Price };

    public Task InitializeAsync()
    {
        _rig.Tools.Add(FunctionTool.Answering("work", input => input.GetRawText()));
        var number = 0;
        _rig.Model.Fallback = _ => [Call($"c{++number}", "work", new { number }), Used(input: 10_000, output: 100)];
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    [Fact]
    public async Task Money_stops_before_the_request_that_would_go_over_it()
    {
        // Three requests are 33 cents; a fourth would be 44.
        var result = await _rig.RunAsync("go", limits: new TurnLimits(MaxCost: 0.40m));

        Assert.Equal(TurnOutcome.BudgetExceeded, result.Outcome);
        Assert.Equal((3, 0.33m), (_rig.Model.Requests.Count, result.Usage.Cost));
        Assert.Contains("has cost $0.33 of its budget of $0.40", LastNotice(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_stop_before_the_request_that_would_go_over_them()
    {
        var result = await _rig.RunAsync("go", limits: new TurnLimits(MaxTokens: 35_000));

        Assert.Equal((TurnOutcome.BudgetExceeded, 3), (result.Outcome, _rig.Model.Requests.Count));
        Assert.Contains("has used 30,300 of its 35,000 tokens", LastNotice(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_too_small_for_the_first_request_is_not_touched()
    {
        var result = await _rig.RunAsync("go", limits: new TurnLimits(MaxCost: 0.000001m));

        Assert.Equal((TurnOutcome.BudgetExceeded, 0), (result.Outcome, _rig.Model.Requests.Count));
    }

    [Fact]
    public async Task What_the_provider_keeps_in_its_cache_is_not_reckoned_at_the_full_price()
    {
        _rig.Price = Price with { CachedInput = 0 };
        var number = 0;
        _rig.Model.Fallback = _ =>
            [Call($"c{++number}", "work", new { number }), Used(input: 10_000, output: 100, cached: 10_000)];

        await _rig.RunAsync("go", limits: new TurnLimits(MaxSteps: 5, MaxCost: 0.12m));

        Assert.Equal(5, _rig.Model.Requests.Count);
    }

    [Fact]
    public async Task The_budget_of_a_session_counts_all_of_its_turns_also_after_a_restart()
    {
        var limits = new TurnLimits(MaxSteps: 2, MaxSessionCost: 0.50m);
        var session = await _rig.NewSessionAsync();
        Assert.Equal(TurnOutcome.MaxSteps, (await AgentRig.RunAsync(session, "one", limits: limits)).Outcome);
        await _rig.RestartAsync();
        session = await _rig.Sessions.OpenAsync(_rig.Workspace, session.Id, CancellationToken.None);

        Assert.Equal(TurnOutcome.MaxSteps, (await AgentRig.RunAsync(session, "two", limits: limits)).Outcome);
        Assert.Equal(TurnOutcome.BudgetExceeded, (await AgentRig.RunAsync(session, "three", limits: limits)).Outcome);

        Assert.Equal(4, _rig.Model.Requests.Count);
        Assert.Contains("This session has cost $0.44", LastNotice(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_user_is_asked_and_can_raise_it_again_and_again()
    {
        var asked = 0;
        _rig.Client.OnQuestion = (request, _) =>
        {
            var offer = request.Questions[0].Options[0].Label;
            return Task.FromResult<AskQuestionResult?>(
                ++asked < 3
                    ? new AskQuestionResult([
                        [offer],
                    ])
                    : new AskQuestionResult([
                        ["Stop"],
                    ])
            );
        };

        var result = await _rig.RunAsync("go", limits: new TurnLimits(MaxCost: 0.15m));

        Assert.Equal(TurnOutcome.BudgetExceeded, result.Outcome);
        Assert.Equal(
            ["Raise it to $0.42", "Raise it to $0.86", "Raise it to $1.74"],
            _rig.Client.Questions.Select(question => question.Questions[0].Options[0].Label)
        );
        Assert.Equal(7, _rig.Model.Requests.Count);
    }

    [Fact]
    public async Task Steps_and_minutes_can_be_raised_too()
    {
        _rig.Client.OnQuestion = (request, _) =>
            Task.FromResult<AskQuestionResult?>(
                new AskQuestionResult([
                    [request.Questions[0].Options[0].Label],
                ])
            );
        _rig.Tools.Add(
            FunctionTool.Answering(
                "wait",
                _ =>
                {
                    _rig.Time.Advance(TimeSpan.FromMinutes(2));
                    return "";
                }
            )
        );
        _rig.Model.Reply(Call("w", "wait")).Reply(Call("x", "work")).Reply(new TextContent("Done."));
        var limits = new TurnLimits(MaxSteps: 2, MaxDuration: TimeSpan.FromMinutes(1));

        Assert.Equal(TurnOutcome.Completed, (await _rig.RunAsync("go", limits: limits)).Outcome);

        Assert.Equal(
            ["1 more minutes", "200 more requests"],
            _rig.Client.Questions.Select(question => question.Questions[0].Options[0].Label)
        );
    }

    [Fact]
    public async Task A_budget_of_money_is_nothing_without_a_price_and_says_so()
    {
        _rig.Price = null;

        var result = await _rig.RunAsync("go", limits: new TurnLimits(MaxCost: 1));

        Assert.Equal((TurnOutcome.Failed, TurnErrorCodes.UnknownPrice), (result.Outcome, result.Error!.Code));
        Assert.Contains("sage.prices", result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(_rig.Model.Requests);
    }

    [Fact]
    public async Task A_stop_while_the_user_is_asked_interrupts_the_turn_and_the_next_one_works()
    {
        using var stop = new CancellationTokenSource();
        _rig.Client.OnQuestion = async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        var session = await _rig.NewSessionAsync();
        var limits = new TurnLimits(MaxCost: 0.000001m);

        var result = await AgentRig.RunAsync(session, "go", limits: limits, cancellationToken: stop.Token);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        _rig.Model.Reply(new TextContent("Here."));
        Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "again")).Outcome);
    }

    private string LastNotice() => _rig.Client.Of<Notice>().Last().Text;

    private static UsageContent Used(long input, long output, long cached = 0) =>
        new(
            new UsageDetails
            {
                InputTokenCount = input,
                OutputTokenCount = output,
                CachedInputTokenCount = cached,
            }
        );
}
