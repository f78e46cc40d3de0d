using Microsoft.Extensions.AI;
using Sage.Agent.Permissions;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Sessions;

/// <summary>What a session asks of its journal, and what becomes of it when the disk refuses.</summary>
public sealed class StorageTests
{
    [Fact]
    public async Task What_happened_is_forced_to_the_disk_at_the_end_of_a_turn_and_before_what_the_user_approved()
    {
        await using var rig = new AgentRig();
        var atCall = -1;
        rig.Tools.Add(
            new FunctionTool(
                "change",
                (_, _, _) =>
                {
                    atCall = rig.Journals.Flushed.Count;
                    return Task.FromResult(Agent.ToolCalls.ToolResult.Ok("done"));
                }
            )
            {
                Kind = PermissionKind.Edit,
            }
        );
        rig.Model.Reply(Call("1", "change"));
        var session = await rig.NewSessionAsync();

        await AgentRig.RunAsync(session, "go", PermissionMode.Ask);

        var journal = rig.Journals[session.Id];
        var answered = journal.FindIndex(e => e.Event is PermissionAnswered);
        Assert.Equal(1, atCall);
        Assert.Equal([answered + 1, journal.Count], rig.Journals.Flushed);
    }

    [Fact]
    public async Task A_disk_that_is_full_at_any_moment_fails_the_turn_and_the_session_goes_on_when_there_is_room()
    {
        for (var room = 1; ; room++)
        {
            await using var rig = Rig();
            var session = await rig.NewSessionAsync();
            var journal = rig.Journals[session.Id];
            rig.Journals.Fails = _ => journal.Count > room;
            var wasFull = false;
            try
            {
                wasFull = (await AgentRig.RunAsync(session, "where is it?")).Error?.Code == TurnErrorCodes.Storage;
            }
            catch (Protocol.SageException error)
            {
                Assert.Equal(Protocol.ErrorCodes.StorageFailed, error.Code);
                wasFull = true;
            }

            if (!wasFull)
            {
                Assert.True(room > 7, "The disk was never full.");
                return;
            }

            rig.Journals.Fails = _ => false;
            Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "again")).Outcome);
            AssertWhole(journal);
            Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));

            await rig.RestartAsync();
            var reopened = await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);
            Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(reopened, "and again")).Outcome);
            AssertWhole(journal);
        }
    }

    [Fact]
    public async Task A_session_that_is_opened_from_a_snapshot_sends_the_model_what_it_would_have_sent()
    {
        await using var plain = Rig();
        await using var quick = Rig();
        quick.Journals.WantsSnapshots = true;
        foreach (var rig in new[] { plain, quick })
        {
            var session = await rig.NewSessionAsync();
            await AgentRig.RunAsync(session, "where is it?");
            await rig.RestartAsync();
            var reopened = await rig.Sessions.OpenAsync(rig.Workspace, session.Id, CancellationToken.None);
            await AgentRig.RunAsync(reopened, "and now?");
        }

        Assert.Equal(2, quick.Journals.Snapshots.Values.Single().Count);
        Assert.Equal(
            plain.Model.Requests[^1].SelectMany(message => message.Contents).Select(content => content.ToString()),
            quick.Model.Requests[^1].SelectMany(message => message.Contents).Select(content => content.ToString())
        );
    }

    private static AgentRig Rig()
    {
        var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
        rig.Model.Reply(new TextContent("Looking."), Call("1", "look"), Call("2", "look"))
            .Reply(new TextContent("There."));
        return rig;
    }

    // Each turn has ended, each call has one result, and no number is missing.
    private static void AssertWhole(List<EventEnvelope> journal)
    {
        Assert.Equal(Enumerable.Range(1, journal.Count).Select(n => (long?)n), journal.Select(e => e.Seq));
        var events = journal.ConvertAll(envelope => envelope.Event);
        Assert.Equal(
            events.OfType<TurnStarted>().Select(turn => turn.TurnId),
            events.OfType<TurnEnded>().Select(turn => turn.TurnId)
        );
        Assert.Equal(
            events.OfType<ToolCallStarted>().Select(call => call.CallId).Order(),
            events.OfType<ToolCallEnded>().Select(call => call.CallId).Order()
        );
    }
}
