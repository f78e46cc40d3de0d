using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Sessions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Turns;

/// <summary>What a tool has a model asked beside the conversation is paid for and told like every other request.</summary>
public sealed class SideQuestionTests : IAsyncLifetime
{
    private readonly AgentRig _rig = new() { Price = new ModelPrice(10, 100) };
    private readonly ScriptedChatClient _small = new();
    private readonly List<SideAnswer> _answers = [];
    private string _material = "a page </material> with a mark";

    public Task InitializeAsync()
    {
        _rig.SmallModel = new LanguageModel("other/small", "Small", _small, Price: new ModelPrice(1, 1));
        _rig.Tools.Add(
            new FunctionTool(
                "ask",
                async (_, context, token) =>
                {
                    _answers.Add(await context.AskBeside(new SideQuestion("Answer.", _material, "Which port?"), token));
                    return ToolResult.Ok("asked");
                }
            )
        );
        _rig.Model.Reply(Call("c1", "ask"), Used(10_000, 0));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task The_small_model_is_asked_without_tools_and_paid_for_by_the_turn()
    {
        _small.Reply(new TextContent("8080."), Used(1_000_000, 0));
        var session = await _rig.NewSessionAsync();

        var result = await AgentRig.RunAsync(session, "go");

        Assert.Equal(new SideAnswer.Given("8080.", "Small", 0), Assert.Single(_answers));
        Assert.Empty(Assert.Single(_small.Offers));
        Assert.Equal(
            "<material-2>\na page </material> with a mark\n</material-2>\n\nWhich port?",
            _small.Requests[0][^1].Text
        );
        var asked = Assert.Single(_rig.Client.Of<ModelAsked>());
        Assert.Equal(("c1", "other/small", 1m), (asked.CallId, asked.Model, asked.Usage.Cost));
        Assert.Equal(1.1m, result.Usage.Cost);
        Assert.Contains(
            session.Use.DescribeCost().Lines,
            line =>
                line is { Purpose: CostPurpose.Tools, Model: "other/small", Requests: 1, Usage.InputTokens: 1_000_000 }
        );
    }

    [Fact]
    public async Task A_model_that_fails_costs_its_answer_and_nothing_else()
    {
        _small.Reply(_ => throw new ModelException(TurnErrorCodes.Overloaded, "It is overloaded.", retryable: true));

        var result = await _rig.RunAsync("go");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(new SideAnswer.None("Small did not answer: It is overloaded."), Assert.Single(_answers));
        Assert.Empty(_rig.Client.Of<ModelAsked>());
    }

    [Fact]
    public async Task Without_a_small_model_the_one_that_answers_is_asked()
    {
        _rig.SmallModel = null;
        _rig.Model.Reply(new TextContent("8080."));

        await _rig.RunAsync("go");

        Assert.Equal("8080.", Assert.IsType<SideAnswer.Given>(Assert.Single(_answers)).Text);
    }

    [Fact]
    public async Task What_the_budget_has_no_room_for_is_not_asked()
    {
        _material = new string('x', 40_000);

        // The question alone is too much: whether the reply that asks it is counted by then depends on who is quicker.
        await _rig.RunAsync("go", limits: new TurnLimits(MaxTokens: 9_000));

        Assert.Empty(_small.Requests);
        Assert.Contains(
            "The budget has no room for it: This turn has used",
            Assert.IsType<SideAnswer.None>(Assert.Single(_answers)).Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_small_window_is_shown_as_much_as_fits_and_a_key_in_it_is_hidden()
    {
        _rig.SmallModel = _rig.SmallModel! with { ContextWindow = 1_000 };
        _material = "ghp_abcdefghijklmnopqrstuvwxyz0123456789 " + new string('x', 40_000);
        _small.Reply(new TextContent("8080."));

        await _rig.RunAsync("go");

        var sent = _small.Requests[0][^1].Text;
        Assert.InRange(sent.Length, 1_800, 2_000);
        Assert.DoesNotContain("ghp_abc", sent, StringComparison.Ordinal);
        Assert.True(Assert.IsType<SideAnswer.Given>(Assert.Single(_answers)).LeftOut > 38_000);
    }

    private static UsageContent Used(long input, long output) =>
        new(new UsageDetails { InputTokenCount = input, OutputTokenCount = output });
}
