using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;

namespace Sage.Agent.Tests.Turns;

/// <summary>Who is asked: the model of the session, those that stand in for it, and a cheap one for small work.</summary>
public sealed class RoutingTests : IAsyncLifetime
{
    private readonly AgentRig _rig = new();
    private readonly ScriptedChatClient _second = new();
    private readonly ScriptedChatClient _third = new();

    public Task InitializeAsync()
    {
        Offer("other/second", _second);
        Offer("other/third", _third);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    [Theory]
    [InlineData(TurnErrorCodes.Overloaded, true)]
    [InlineData(TurnErrorCodes.Network, true)]
    [InlineData(TurnErrorCodes.Timeout, true)]
    [InlineData(TurnErrorCodes.RateLimited, false)]
    public async Task A_model_that_does_not_answer_is_stood_in_for_and_people_are_told(string code, bool retryable)
    {
        _rig.Fallbacks = ["gone/away", "other/second", "other/third"];
        _rig.Model.Reply(_ => Failing(code, retryable));
        _second.Reply(new TextContent("I am the second."));

        var result = await _rig.RunAsync("hello");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal("I am the second.", _rig.Client.Of<ReplyEnded>().Last().Text);
        Assert.Equal("It broke. Second goes on for Scripted.", Assert.Single(_rig.Client.Of<Notice>()).Text);
        Assert.Contains(Assert.Single(_second.Requests), message => message.Text == "hello");
        Assert.Empty(_third.Requests);
    }

    [Fact]
    public async Task They_stand_in_one_after_the_other_and_for_the_rest_of_the_turn()
    {
        _rig.Fallbacks = ["other/second", "other/third"];
        _rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
        _rig.Model.Reply(_ => Failing(TurnErrorCodes.Overloaded));
        _second.Reply(_ => Failing(TurnErrorCodes.Overloaded));
        _third.Reply(ScriptedChatClient.Call("c", "look"));

        var result = await _rig.RunAsync("hello");

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal((1, 1, 2), (_rig.Model.Requests.Count, _second.Requests.Count, _third.Requests.Count));
        Assert.All(_third.Requests, sent => Assert.Null(HistoryRules.FindViolation(sent)));
    }

    [Fact]
    public async Task When_nobody_answers_the_turn_fails_with_the_last_reason()
    {
        _rig.Fallbacks = ["other/second"];
        _rig.Model.Reply(_ => Failing(TurnErrorCodes.Overloaded));
        _second.Reply(_ => Failing(TurnErrorCodes.Timeout));

        var result = await _rig.RunAsync("hello");

        Assert.Equal((TurnOutcome.Failed, TurnErrorCodes.Timeout), (result.Outcome, result.Error!.Code));
    }

    [Theory]
    [InlineData(TurnErrorCodes.Authentication)]
    [InlineData(TurnErrorCodes.ModelNotFound)]
    [InlineData(TurnErrorCodes.BadRequest)]
    public async Task What_the_user_has_to_mend_is_not_papered_over(string code)
    {
        _rig.Fallbacks = ["other/second"];
        _rig.Model.Reply(_ => Failing(code, retryable: false));

        Assert.Equal(code, (await _rig.RunAsync("hello")).Error!.Code);
        Assert.Empty(_second.Requests);
    }

    [Fact]
    public async Task The_model_of_a_session_stays_its_own_also_after_a_restart()
    {
        var session = await _rig.NewSessionAsync();
        await session.ChooseModelAsync("other/second", CancellationToken.None);
        await _rig.RestartAsync();
        session = await _rig.Sessions.OpenAsync(_rig.Workspace, session.Id, CancellationToken.None);

        await AgentRig.RunAsync(session, "hello");

        Assert.Single(_second.Requests);
        Assert.Empty(_rig.Model.Requests);
        Assert.Equal("other/second", Assert.Single(_rig.Client.Of<TurnStarted>()).Model);
    }

    [Fact]
    public async Task A_cheap_model_summarises_and_the_one_that_answers_does_where_it_cannot()
    {
        _rig.SmallModel = _rig.OtherModels["other/second"];
        var session = await _rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "one");
        await AgentRig.RunAsync(session, "two");
        _second.Reply(new TextContent("The summary of the cheap one."));

        await session.CompactAsync(CancellationToken.None);

        Assert.Equal("The summary of the cheap one.", _rig.Client.Of<Compacted>().Last().Summary);
        Assert.Equal(2, _rig.Model.Requests.Count);

        await AgentRig.RunAsync(session, "three");
        await AgentRig.RunAsync(session, "four");
        _second.Reply(_ => Failing(TurnErrorCodes.Overloaded));
        _rig.Model.Reply(new TextContent("The summary of the other."));
        await session.CompactAsync(CancellationToken.None);
        Assert.Equal("The summary of the other.", _rig.Client.Of<Compacted>().Last().Summary);
    }

    [Fact]
    public async Task A_small_model_that_nobody_knows_costs_no_summary()
    {
        _rig.SmallModelIsUnknown = true;
        var session = await _rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "one");
        await AgentRig.RunAsync(session, "two");
        _rig.Model.Reply(new TextContent("The summary."));

        await session.CompactAsync(CancellationToken.None);

        Assert.Equal("The summary.", _rig.Client.Of<Compacted>().Last().Summary);
    }

    private void Offer(string id, ScriptedChatClient client)
    {
        var name = char.ToUpperInvariant(id[6]) + id[7..];
        _rig.OtherModels[id] = new LanguageModel(id, name, client);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Failing(string code, bool retryable = true)
    {
        await Task.Yield();
        if (code.Length > 0)
        {
            throw new ModelException(code, "It broke.", retryable);
        }

        yield break;
    }
}
