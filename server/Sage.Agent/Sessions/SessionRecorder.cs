using Sage.Agent.Context;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions;

/// <summary>
/// The one writer of a session's events: numbers the durable ones, appends them to the journal, folds them into the
/// conversation and hands everything, in order, to the client.
/// </summary>
internal sealed class SessionRecorder(string sessionId, IJournal journal, IClient client, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim _turnstile = new(1, 1);
    private readonly List<EventEnvelope> _events = [];
    private readonly InFlight _inFlight = new();

    /// <summary>State = fold(events).</summary>
    public Conversation Conversation { get; } = new();

    /// <summary>Takes in what the journal held when it was opened.</summary>
    public void Replay(IEnumerable<EventEnvelope> events)
    {
        foreach (var envelope in events)
        {
            _events.Add(envelope);
            Conversation.Apply((DurableEvent)envelope.Event);
        }
    }

    /// <summary>A durable event is recorded whole or fails; a cancelled turn still records how it ended.</summary>
    /// <exception cref="IOException">The journal could not be written.</exception>
    public async ValueTask RecordAsync(DurableEvent durable, CancellationToken cancellationToken)
    {
        await _turnstile.WaitAsync(CancellationToken.None);
        try
        {
            var envelope = new EventEnvelope(sessionId, durable, _events.Count + 1, time.GetUtcNow());
            journal.Append(envelope);
            _events.Add(envelope);
            Conversation.Apply(durable);
            _inFlight.Apply(durable);
            await client.PublishAsync(envelope, CancellationToken.None);
        }
        finally
        {
            _turnstile.Release();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask StreamAsync(TransientEvent transient, CancellationToken cancellationToken)
    {
        await _turnstile.WaitAsync(cancellationToken);
        try
        {
            _inFlight.Apply(transient);
            await client.PublishAsync(new EventEnvelope(sessionId, transient), cancellationToken);
        }
        finally
        {
            _turnstile.Release();
        }
    }

    /// <summary>Tells the client of an end that the journal cannot hold any more (disk full).</summary>
    public ValueTask PublishUnrecordedAsync(DurableEvent durable) =>
        client.PublishAsync(new EventEnvelope(sessionId, durable), CancellationToken.None);

    public void Flush() => journal.Flush();

    /// <summary>The durable events from a sequence number on, then transient ones that rebuild what is in flight.</summary>
    public async Task<OpenSessionResult> SnapshotAsync(
        long fromSeq,
        bool running,
        bool suspended,
        CancellationToken cancellationToken
    )
    {
        await _turnstile.WaitAsync(cancellationToken);
        try
        {
            var from = (int)Math.Clamp(fromSeq - 1, 0, _events.Count);
            return new OpenSessionResult(
                sessionId,
                [.. _events.Skip(from), .. _inFlight.Events().Select(e => new EventEnvelope(sessionId, e))],
                running,
                suspended
            );
        }
        finally
        {
            _turnstile.Release();
        }
    }

    public void Dispose() => _turnstile.Dispose();
}
