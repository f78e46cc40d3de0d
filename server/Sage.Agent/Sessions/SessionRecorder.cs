using System.Collections.Immutable;
using Sage.Agent.Checkpoints;
using Sage.Agent.Context;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.Sessions.State;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions;

/// <summary>
/// The one writer of a session's events: numbers the durable ones, appends them to the journal, folds them into the
/// state and hands everything, in order, to the client.
/// </summary>
/// <param name="sessionId">The session.</param>
/// <param name="journal">Keeps the events; none is kept in memory.</param>
/// <param name="client">Sees them.</param>
/// <param name="secrets">Taken out of whatever happened, before it counts.</param>
/// <param name="time">Dates them.</param>
/// <param name="state">What the journal held when it was opened has led to.</param>
internal sealed class SessionRecorder(
    string sessionId,
    IJournal journal,
    IClient client,
    SecretRedaction secrets,
    TimeProvider time,
    SessionState state
) : IDisposable
{
    private readonly SemaphoreSlim _turnstile = new(1, 1);
    private readonly InFlight _inFlight = new();

    /// <summary>For what streams in pieces: it is redacted where it comes from.</summary>
    public SecretRedaction Secrets => secrets;

    /// <summary>State = fold(events).</summary>
    public Conversation Conversation => state.Conversation;

    public SessionFacts Facts => state.Facts;

    /// <summary>What was done to files; a fold as well.</summary>
    public ChangeLog Changes => state.Changes;

    /// <summary>What from outside the model has read since the user last spoke; a fold as well.</summary>
    public RaisedBar Outside => state.Outside;

    /// <summary>True when another window has the session: nothing can be recorded.</summary>
    public bool IsReadOnly => journal.IsReadOnly;

    /// <summary>When the session was made, as its journal says.</summary>
    public DateTimeOffset StartedAt => Facts.StartedAt ?? time.GetUtcNow();

    /// <summary>A durable event is recorded whole or fails; a cancelled turn still records how it ended.</summary>
    /// <exception cref="IOException">The journal could not be written.</exception>
    public async ValueTask RecordAsync(DurableEvent durable, CancellationToken cancellationToken)
    {
        await _turnstile.WaitAsync(CancellationToken.None);
        try
        {
            durable = secrets.Redact(durable);
            var envelope = new EventEnvelope(sessionId, durable, state.LastSeq + 1, time.GetUtcNow());
            journal.Append(envelope);
            state.Apply(envelope);
            _inFlight.Apply(durable);
            KeepState(durable);
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
            transient = secrets.Redact(transient);
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
        client.PublishAsync(new EventEnvelope(sessionId, secrets.Redact(durable)), CancellationToken.None);

    public void Flush() => journal.Flush();

    /// <summary>The newest durable events from a sequence number on, then transient ones that rebuild what is in flight.</summary>
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
            var events = await journal.ReadAsync(
                fromSeq,
                state.LastSeq + 1,
                EventPage.MostAtOpening,
                cancellationToken
            );
            return new OpenSessionResult(
                sessionId,
                [
                    .. EventPage.FromTurn(events, fromSeq),
                    .. _inFlight.Events().Select(e => new EventEnvelope(sessionId, e)),
                ],
                running,
                suspended,
                journal.IsReadOnly
            );
        }
        finally
        {
            _turnstile.Release();
        }
    }

    /// <summary>Older durable events, in order.</summary>
    public async Task<ImmutableArray<EventEnvelope>> PageAsync(
        long beforeSeq,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var before = Math.Min(beforeSeq, state.LastSeq + 1);
        return EventPage.FromTurn(await journal.ReadAsync(1, before, limit, cancellationToken), fromSeq: 1);
    }

    // A snapshot saves the next opening time and nothing else: one that finds no room is not missed.
    private void KeepState(DurableEvent durable)
    {
        if (durable is TurnEnded or SessionTitled)
        {
            journal.Describe(Facts.Summary(sessionId, time.GetUtcNow()));
        }

        if (durable is not TurnEnded || !journal.WantsSnapshot)
        {
            return;
        }

        try
        {
            journal.Append(state.Save());
        }
        catch (IOException)
        {
            // The disk is full: the next turn says so, when it cannot be recorded itself.
        }
    }

    public void Dispose() => _turnstile.Dispose();
}
