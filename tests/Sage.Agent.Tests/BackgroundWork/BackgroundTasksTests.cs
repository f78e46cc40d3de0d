using Microsoft.Extensions.AI;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.BackgroundWork;

public sealed class BackgroundTasksTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly AgentRig _rig = new();
    private readonly FakeBackgroundWork _work = new();

    public BackgroundTasksTests()
    {
        _rig.Tools.Add(_work.Starting());
        _rig.Tools.Add(FunctionTool.Answering("look", _ => "nothing new"));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task It_outlives_its_turn_and_ends_between_turns()
    {
        var session = await StartAsync();
        Assert.Equal(["b1"], session.Background.Running.Select(task => task.Id));

        _work.End(3);
        await session.Background.All[0].Ended.WaitAsync(Soon);

        Assert.Equal(new BackgroundStarted("b1", "c1", "serve"), Assert.Single(_rig.Client.Of<BackgroundStarted>()));
        Assert.Equal(
            new BackgroundEnded("b1", BackgroundEndHow.Exited, 0, 3),
            Assert.Single(_rig.Client.Of<BackgroundEnded>())
        );
        Assert.Equal(
            _rig.Client.Envelopes.Where(e => e.Seq is not null).Select(e => e.Seq),
            _rig.Journals[session.Id].Select(e => e.Seq)
        );
    }

    [Fact]
    public async Task The_model_is_told_of_an_end_between_turns_with_the_next_prompt()
    {
        var session = await StartAsync();
        _work.End(1);
        await session.Background.All[0].Ended.WaitAsync(Soon);

        await AgentRig.RunAsync(session, "and now?");

        var sent = _rig.Model.Requests[^1];
        Assert.Null(HistoryRules.FindViolation(sent));
        Assert.Equal(
            [
                "(Sage: background task b1, `serve`, has ended with exit code 1. command_output tells what it said last.)",
                "and now?",
            ],
            sent.TakeLast(2).Select(message => message.Text)
        );
    }

    [Fact]
    public async Task The_model_is_told_of_an_end_within_a_turn_with_the_next_request()
    {
        _rig.Tools.Add(
            new FunctionTool(
                "end",
                async (_, context, token) =>
                {
                    _work.End(0);
                    await context.Background.All[0].Ended.WaitAsync(token);
                    return ToolResult.Ok("it has ended");
                }
            )
        );
        _rig.Model.Reply(Call("c1", "start")).Reply(Call("c2", "end"), Call("c3", "look"));

        await _rig.RunAsync("go");

        var sent = _rig.Model.Requests[^1];
        Assert.Null(HistoryRules.FindViolation(sent));
        Assert.Equal(ChatRole.Tool, sent[^2].Role);
        Assert.Contains("b1, `serve`, has ended with exit code 0", sent[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_the_turn_does_not_stop_it()
    {
        using var stop = new CancellationTokenSource();
        _rig.Tools.Add(
            new FunctionTool(
                "wait",
                async (_, _, token) =>
                {
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token);
                    return ToolResult.Ok("never");
                }
            )
        );
        var session = await _rig.NewSessionAsync();
        _rig.Model.Reply(Call("c1", "start")).Reply(Call("c2", "wait"));

        var result = await AgentRig.RunAsync(session, "go", cancellationToken: stop.Token).WaitAsync(Soon);

        Assert.Equal(TurnOutcome.Interrupted, result.Outcome);
        Assert.Single(session.Background.Running);
        Assert.Equal(0, _work.Stops);
    }

    [Fact]
    public async Task Closing_the_session_ends_it_and_says_so()
    {
        var session = await StartAsync();

        await _rig.RestartAsync();

        Assert.Equal(1, _work.Stops);
        var end = Assert.IsType<BackgroundEnded>(_rig.Journals[session.Id][^1].Event);
        Assert.Equal(("b1", BackgroundEndHow.SessionClosed), (end.TaskId, end.How));
    }

    [Fact]
    public async Task After_a_crash_it_is_told_to_have_ended_and_its_id_is_not_used_again()
    {
        var session = await StartAsync();
        await _rig.RestartAsync();
        // What a killed process leaves: the start without the end.
        _rig.Journals[session.Id].RemoveAll(e => e.Event is BackgroundEnded);
        _rig.Tools.Add(new FakeBackgroundWork().Starting("start_another"));

        var reopened = await _rig.Sessions.OpenAsync(_rig.Workspace, session.Id, CancellationToken.None);
        _rig.Model.Reply(Call("c2", "start_another"));
        await AgentRig.RunAsync(reopened, "again");

        var ends = _rig.Journals[session.Id].Select(e => e.Event).OfType<BackgroundEnded>();
        Assert.Equal([new BackgroundEnded("b1", BackgroundEndHow.Crashed, 0)], ends);
        Assert.Equal(["b2"], reopened.Background.All.Select(task => task.Id));
        Assert.Contains(
            _rig.Model.Requests[^1],
            message =>
                message.Text.Contains("b1, `serve`, was ended when Sage stopped unexpectedly", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Where_nobody_can_see_it_afterwards_it_ends_before_its_turn_does()
    {
        _rig.Model.Reply(Call("c1", "start"));

        await _rig.RunAsync("go", limits: TurnLimits.Default with { LeavesNothingRunning = true });

        Assert.Equal(1, _work.Stops);
        Assert.IsType<TurnEnded>(_rig.Client.Envelopes[^1].Event);
        Assert.IsType<BackgroundEnded>(_rig.Client.Envelopes[^2].Event);
    }

    [Fact]
    public async Task A_client_that_joins_late_sees_what_it_has_said()
    {
        var session = await StartAsync();

        var snapshot = await session.SnapshotAsync(1, CancellationToken.None);
        Assert.Equal(new BackgroundOutput("b1", 0, "listening\n"), snapshot.Events[^1].Event);

        _work.End(0);
        await session.Background.All[0].Ended.WaitAsync(Soon);
        snapshot = await session.SnapshotAsync(1, CancellationToken.None);
        Assert.DoesNotContain(snapshot.Events, e => e.Event is BackgroundOutput);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_left_running()
    {
        _rig.Journals.Fails = e => e.Event is BackgroundStarted;

        var session = await StartAsync();

        Assert.Equal(1, _work.Stops);
        Assert.Empty(session.Background.Running);
    }

    [Fact]
    public async Task Only_the_end_of_its_output_is_kept()
    {
        var session = await StartAsync();
        var task = session.Background.All[0];

        for (var i = 0; i < 200; i++)
        {
            await task.ShowAsync(new string('x', 1023) + "\n");
        }

        var (offset, text) = task.Tail;
        Assert.Equal(Sage.Agent.BackgroundWork.BackgroundTask.TailLength, text.Length);
        Assert.Equal("listening\n".Length + 200 * 1024, offset + text.Length);
    }

    private async Task<Session> StartAsync()
    {
        var session = await _rig.NewSessionAsync();
        _rig.Model.Reply(Call("c1", "start"));
        await AgentRig.RunAsync(session, "start it");
        return session;
    }
}
