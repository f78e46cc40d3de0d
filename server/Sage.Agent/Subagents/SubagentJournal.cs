using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Subagents;

/// <summary>Keeps nothing: what happens inside a sub-agent stands in the journal of its session.</summary>
internal sealed class SubagentJournal : IJournal
{
    public bool IsReadOnly => false;

    public bool WantsSnapshot => false;

    public void Append(EventEnvelope envelope) { }

    public void Append(JournalSnapshot snapshot) { }

    public void Describe(SessionSummary summary) { }

    public void Flush() { }

    public Task<ImmutableArray<EventEnvelope>> ReadAsync(
        long fromSeq,
        long beforeSeq,
        int limit,
        CancellationToken cancellationToken
    ) => Task.FromResult(ImmutableArray<EventEnvelope>.Empty);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
