using System.Collections.Concurrent;
using System.Collections.Immutable;
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

    /// <summary>How many events each flush found, in order.</summary>
    public List<int> Flushed { get; } = [];

    /// <summary>True when a snapshot is wanted at the end of each turn.</summary>
    public bool WantsSnapshots { get; set; }

    /// <summary>The snapshots of every session, oldest first.</summary>
    public ConcurrentDictionary<string, List<JournalSnapshot>> Snapshots { get; } = new();

    public List<EventEnvelope> this[string sessionId] => _journals[sessionId];

    public IJournal Create(Workspace workspace, string sessionId)
    {
        var events = _journals[sessionId] = [];
        return new MemoryJournal(this, sessionId, events);
    }

    public Task<OpenedJournal?> OpenAsync(
        Workspace workspace,
        string sessionId,
        ISessionState state,
        CancellationToken cancellationToken
    )
    {
        if (!_journals.TryGetValue(sessionId, out var events))
        {
            return Task.FromResult<OpenedJournal?>(null);
        }

        var snapshot = SnapshotsOf(sessionId).LastOrDefault(s => s.Seq <= events.Count);
        var known = snapshot is not null && state.TryRestore(snapshot) ? (int)snapshot.Seq : 0;
        events.Skip(known).ToList().ForEach(state.Apply);
        return Task.FromResult<OpenedJournal?>(new(new MemoryJournal(this, sessionId, events), null));
    }

    public Task<IReadOnlyList<SessionSummary>> ListAsync(
        Workspace workspace,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<SessionSummary>>([
            .. _journals.Keys.Take(limit).Select(id => new SessionSummary(id, "", DateTimeOffset.UnixEpoch)),
        ]);

    private List<JournalSnapshot> SnapshotsOf(string sessionId) => Snapshots.GetOrAdd(sessionId, _ => []);

    private sealed class MemoryJournal : IJournal
    {
        private readonly MemoryJournals _owner;
        private readonly string _sessionId;
        private readonly List<EventEnvelope> _events;

        public MemoryJournal(MemoryJournals owner, string sessionId, List<EventEnvelope> events)
        {
            (_owner, _sessionId, _events) = (owner, sessionId, events);
            owner.Open++;
        }

        public bool IsReadOnly => false;

        public bool WantsSnapshot => _owner.WantsSnapshots;

        public void Append(EventEnvelope envelope)
        {
            if (_owner.Fails(envelope))
            {
                throw new IOException("No space left on device.");
            }

            _events.Add(envelope);
        }

        public void Append(JournalSnapshot snapshot) => _owner.SnapshotsOf(_sessionId).Add(snapshot);

        public void Describe(SessionSummary summary) { }

        public void Flush() => _owner.Flushed.Add(_events.Count);

        public Task<ImmutableArray<EventEnvelope>> ReadAsync(
            long fromSeq,
            long beforeSeq,
            int limit,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult<ImmutableArray<EventEnvelope>>([
                .. _events.Where(e => e.Seq >= fromSeq && e.Seq < beforeSeq).TakeLast(limit),
            ]);

        public ValueTask DisposeAsync()
        {
            _owner.Open--;
            return ValueTask.CompletedTask;
        }
    }
}
