using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;

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

    public static async Task<OpenedJournal> OpenAsync(this TemporaryHome home, string sessionId) =>
        await home.Journals.OpenAsync(home.Workspace, sessionId, CancellationToken.None)
        ?? throw new InvalidOperationException($"There is no session {sessionId}.");
}
