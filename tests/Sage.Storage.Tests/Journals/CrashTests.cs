using Microsoft.Extensions.AI;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.Storage.Journals;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Storage.Tests.Journals;

/// <summary>
/// A process that dies at any moment: what it had written is in the file, because nothing is buffered, so the file as it is after
/// each write is what a kill leaves.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const int Cuts = 200;
    private const string Id = "s1";
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task A_session_killed_after_any_write_opens_with_every_event_that_was_written()
    {
        var (states, events) = await LiveAsync();

        Assert.True(states.Count > 10);
        foreach (var (bytes, written) in states)
        {
            await AssertGoesOnAsync(bytes, events.Take(written));
        }
    }

    [Fact]
    public async Task A_session_cut_at_any_byte_opens_and_loses_no_more_than_the_record_that_was_cut()
    {
        var (states, events) = await LiveAsync();
        var whole = states[^1].Bytes;
        var random = new Random(20261130);
        for (var cut = 0; cut < Cuts; cut++)
        {
            var length = random.Next(whole.Length + 1);
            // What was whole before the cut; a line whose line feed alone is missing is whole.
            var kept = states.Last(state => state.Bytes.Length - 1 <= length || state.Written == 0).Written;
            await AssertGoesOnAsync(whole[..length], events.Take(kept));
        }
    }

    public void Dispose() => _home.Dispose();

    /// <summary>Two turns with calls, and a snapshot at the end of each.</summary>
    private async Task<(List<(byte[] Bytes, int Written)> States, List<string> Events)> LiveAsync()
    {
        await using var rig = Rig();
        List<(byte[] Bytes, int Written)> states = [([], 0)];
        List<string> events = [];
        var path = "";
        rig.Client.OnEvent = envelope =>
        {
            if (envelope.Seq is not null)
            {
                path = path.Length > 0 ? path : Directory.GetFiles(_home.JournalFolder, "*.jsonl").Single();
                events.Add(envelope.ToJson());
                states.Add((ReadShared(path), events.Count));
            }
        };
        rig.Model.Reply(new TextContent("Looking."), Call("1", "look"), Call("2", "look"))
            .Reply(new TextContent("There."));
        var session = await rig.NewSessionAsync();
        await AgentRig.RunAsync(session, "where is it?");
        await AgentRig.RunAsync(session, "and now?");
        Assert.Contains(
            "\",\"snapshot\":",
            System.Text.Encoding.UTF8.GetString(states[^1].Bytes),
            StringComparison.Ordinal
        );
        await rig.RestartAsync();
        File.Delete(path);
        return (states, events.ConvertAll(json => json.Replace(session.Id, Id, StringComparison.Ordinal)));
    }

    // Opening mends it, a turn runs in it, and what comes out is a whole session.
    private async Task AssertGoesOnAsync(byte[] bytes, IEnumerable<string> kept)
    {
        var path = _home.JournalOf(Id);
        await File.WriteAllBytesAsync(path, bytes);
        await using (var rig = Rig())
        {
            var session = await rig.Sessions.OpenAsync(_home.Workspace, Id, CancellationToken.None);
            Assert.Equal(TurnOutcome.Completed, (await AgentRig.RunAsync(session, "go on")).Outcome);
            Assert.Null(HistoryRules.FindViolation(rig.Model.Requests[^1]));
        }

        var all = await AllAsync();
        Assert.Equal(kept, all.Take(kept.Count()).Select(e => (e with { SessionId = Id }).ToJson()));
        Assert.Equal(Enumerable.Range(1, all.Count).Select(n => (long?)n), all.Select(e => e.Seq));
        Assert.Equal(
            all.Select(e => e.Event).OfType<ToolCallStarted>().Select(call => call.CallId),
            all.Select(e => e.Event).OfType<ToolCallEnded>().Select(call => call.CallId)
        );
        Assert.Equal(all.Count(e => e.Event is TurnStarted), all.Count(e => e.Event is TurnEnded));
        foreach (var file in Directory.GetFiles(_home.JournalFolder))
        {
            File.Delete(file);
        }
    }

    // Every event, not only those behind the last snapshot.
    private async Task<List<EventEnvelope>> AllAsync()
    {
        using var stored = new StoredSessions(_home.Home, TimeProvider.System);
        return await stored.ReadAsync(_home.Workspace, Id, CancellationToken.None).ToListAsync();
    }

    private AgentRig Rig()
    {
        var rig = new AgentRig
        {
            OtherJournals = new FileJournals(_home.Home, bytesBetweenSnapshots: 500),
            Workspace = _home.Workspace,
        };
        rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
        return rig;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
