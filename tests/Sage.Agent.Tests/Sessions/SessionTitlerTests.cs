using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;

namespace Sage.Agent.Tests.Sessions;

public sealed class SessionTitlerTests : IAsyncLifetime
{
    private const string Prompt = "Please find out why the parser is so slow with long lines, and mend it.";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly AgentRig _rig = new();
    private readonly ScriptedChatClient _small = new();

    public Task InitializeAsync()
    {
        _rig.SmallModel = new LanguageModel("other/small", "Small", _small, Price: new ModelPrice(10, 10));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    [Theory]
    [InlineData("A slow parser", "A slow parser")]
    [InlineData("\n**“A slow parser.”**\nIt is about...", "A slow parser")]
    public async Task A_small_model_names_a_session_by_its_first_prompt(string said, string title)
    {
        _small.Reply(
            new TextContent(said),
            new UsageContent(new UsageDetails { InputTokenCount = 100_000, OutputTokenCount = 0 })
        );

        await RunAsync(Prompt);

        var titled = Assert.Single(_rig.Client.Of<SessionTitled>());
        Assert.Equal((title, 1m), (titled.Title, titled.Usage!.Cost));
        Assert.Contains(Prompt, Assert.Single(_small.Requests)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_named_once()
    {
        _small.Reply(new TextContent("A slow parser"));

        await RunAsync(Prompt, Prompt);

        Assert.Single(_small.Requests);
    }

    [Fact]
    public async Task What_the_user_calls_it_holds_whatever_a_slower_model_says()
    {
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _small.Reply(_ => Slow(asked, go.Task));
        var session = await _rig.NewSessionAsync();
        await AgentRig.RunAsync(session, Prompt);
        await asked.Task.WaitAsync(Soon);

        await session.RenameAsync("Mine", CancellationToken.None);
        go.SetResult();
        await session.Named.WaitAsync(Soon);

        Assert.Equal(2, _rig.Client.Of<SessionTitled>().Count());
        Assert.Equal("Mine", session.Title);
    }

    [Fact]
    public async Task No_model_is_asked_for_a_name_that_the_user_has_given()
    {
        var session = await _rig.NewSessionAsync();
        await session.RenameAsync("Mine", CancellationToken.None);

        await AgentRig.RunAsync(session, Prompt);
        await session.Named.WaitAsync(Soon);

        Assert.Empty(_small.Requests);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Slow(TaskCompletionSource asked, Task go)
    {
        asked.SetResult();
        await go;
        yield return ScriptedChatClient.Update(new TextContent("A model's name"));
    }

    [Fact]
    public async Task A_short_prompt_is_a_name_already()
    {
        await RunAsync("Hello there");

        Assert.Empty(_small.Requests);
    }

    [Fact]
    public async Task Without_a_small_model_nobody_is_asked()
    {
        _rig.SmallModel = null;

        await RunAsync(Prompt);

        Assert.Single(_rig.Model.Requests);
        Assert.Empty(_rig.Client.Of<SessionTitled>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("word word word word word word word word word word word word word word word word word word word")]
    public async Task What_is_no_name_is_not_taken_for_one(string said)
    {
        _small.Reply(new TextContent(said));

        await RunAsync(Prompt);

        Assert.Empty(_rig.Client.Of<SessionTitled>());
    }

    [Fact]
    public async Task What_is_no_name_is_paid_for_all_the_same()
    {
        _small.Reply(
            new TextContent(""),
            new UsageContent(new UsageDetails { InputTokenCount = 100_000, OutputTokenCount = 0 })
        );

        await RunAsync(Prompt);

        var titled = Assert.Single(_rig.Client.Of<SessionTitled>());
        Assert.Equal((Prompt, 1m), (titled.Title, titled.Usage!.Cost));
    }

    [Fact]
    public async Task A_small_model_that_hangs_holds_nothing_up()
    {
        _small.Reply(Hanging);
        var session = await _rig.NewSessionAsync();

        var result = await AgentRig.RunAsync(session, Prompt).WaitAsync(Soon);
        await _rig.RestartAsync().WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Completed, result.Outcome);
    }

    [Fact]
    public async Task Headless_nobody_reads_it_so_nobody_is_asked()
    {
        await _rig.RunAsync(Prompt, limits: TurnLimits.Default with { LeavesNothingRunning = true });

        Assert.Empty(_small.Requests);
    }

    private async Task RunAsync(params string[] prompts)
    {
        var session = await _rig.NewSessionAsync();
        foreach (var prompt in prompts)
        {
            await AgentRig.RunAsync(session, prompt);
        }

        await session.Named.WaitAsync(Soon);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Hanging(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }
}
