using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;
using Sage.Storage.Journals;

namespace Sage.Storage.Tests.Journals;

/// <summary>What the journal tests write, in one line each.</summary>
internal static class JournalExtensions
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 9, 41, 7, 250, TimeSpan.Zero);

    public static EventEnvelope Numbered(this SessionEvent durable, long seq) => new("s1", durable, seq, At);

    public static TurnStarted Prompt(string prompt) => new("t1", prompt, PermissionMode.Ask, "demo/demo");

    /// <summary>Records compare arrays by reference; the wire form compares what they say.</summary>
    public static string ToJson(this EventEnvelope envelope) =>
        JsonSerializer.Serialize(envelope, ProtocolJson.Default.EventEnvelope);

    /// <summary>Writes a whole session and closes it.</summary>
    public static async Task WriteAsync(this TemporaryHome home, string sessionId, params DurableEvent[] events)
    {
        await using var journal = home.Journals.Create(home.Workspace, sessionId);
        foreach (var (index, durable) in events.Index())
        {
            journal.Append(durable.Numbered(index + 1));
        }
        journal.Flush();
    }

    public static Task<ReadSession> OpenAsync(this TemporaryHome home, string sessionId) =>
        home.Journals.OpenAsync(home, sessionId);

    public static async Task<ReadSession> OpenAsync(this FileJournals journals, TemporaryHome home, string sessionId)
    {
        var state = new CollectedEvents();
        var opened =
            await journals.OpenAsync(home.Workspace, sessionId, state, CancellationToken.None)
            ?? throw new InvalidOperationException($"There is no session {sessionId}.");
        return new ReadSession(opened.Journal, state.Events, opened.Damage);
    }
}

/// <summary>A session that was opened, with what was read.</summary>
internal sealed record ReadSession(IJournal Journal, IReadOnlyList<EventEnvelope> Events, string? Damage);

/// <summary>A state that keeps the events themselves; its snapshots hold how many there were.</summary>
internal sealed class CollectedEvents : ISessionState
{
    public List<EventEnvelope> Events { get; } = [];

    /// <summary>What it was restored from; 0 when from nothing.</summary>
    public long RestoredAt { get; private set; }

    public static JournalSnapshot Snapshot(long seq, string filler = "") =>
        new(seq, new Dictionary<string, JsonElement> { ["filler"] = JsonSerializer.SerializeToElement(filler) });

    public bool TryRestore(JournalSnapshot snapshot)
    {
        if (snapshot.Parts["filler"].GetString() == "refused")
        {
            return false;
        }
        RestoredAt = snapshot.Seq;
        return true;
    }

    public void Apply(EventEnvelope happened) => Events.Add(happened);
}
