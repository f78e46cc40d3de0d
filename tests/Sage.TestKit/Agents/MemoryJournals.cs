using System.Collections.Concurrent;
using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.TestKit.Agents;

/// <summary>Journals in memory, which can be made to fail like a full disk.</summary>
public sealed class MemoryJournals : IJournals
{
    private readonly ConcurrentDictionary<string, List<EventEnvelope>> _journals = new();

    /// <summary>When it says true for an event, appending it fails.</summary>
    public Func<EventEnvelope, bool> Fails { get; set; } = _ => false;

    /// <summary>How many journals are held open.</summary>
    public int Open { get; private set; }

    public List<EventEnvelope> this[string sessionId] => _journals[sessionId];

    public IJournal Create(Workspace workspace, string sessionId)
    {
        var events = _journals[sessionId] = [];
        return new MemoryJournal(this, events);
    }

    public Task<OpenedJournal?> OpenAsync(Workspace workspace, string sessionId, CancellationToken cancellationToken) =>
        Task.FromResult(
            _journals.TryGetValue(sessionId, out var events)
                ? new OpenedJournal(new MemoryJournal(this, events), [.. events], null)
                : null
        );

    public Task<IReadOnlyList<SessionSummary>> ListAsync(
        Workspace workspace,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<SessionSummary>>([
            .. _journals.Keys.Take(limit).Select(id => new SessionSummary(id, "", DateTimeOffset.UnixEpoch)),
        ]);

    private sealed class MemoryJournal : IJournal
    {
        private readonly MemoryJournals _owner;
        private readonly List<EventEnvelope> _events;

        public MemoryJournal(MemoryJournals owner, List<EventEnvelope> events)
        {
            (_owner, _events) = (owner, events);
            owner.Open++;
        }

        public void Append(EventEnvelope envelope)
        {
            if (_owner.Fails(envelope))
            {
                throw new IOException("No space left on device.");
            }

            _events.Add(envelope);
        }

        public void Flush() { }

        public ValueTask DisposeAsync()
        {
            _owner.Open--;
            return ValueTask.CompletedTask;
        }
    }
}
