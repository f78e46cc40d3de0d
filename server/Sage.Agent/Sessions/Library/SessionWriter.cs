using Sage.Agent.Extensions;
using Sage.Agent.Sessions.State;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions.Library;

/// <summary>Writes a whole new session from events that happened elsewhere. It is there when it is complete, or not at all.</summary>
internal sealed class SessionWriter(IJournals journals, IStoredSessions stored, TimeProvider time)
{
    private const string ForkSuffix = " (fork)";

    public async Task<ForkSessionResult> ForkAsync(
        Workspace workspace,
        string sessionId,
        ForkPoint point,
        CancellationToken cancellationToken
    )
    {
        var origin = new ForkOrigin(sessionId, point.Seq);
        var events = stored
            .ReadAsync(workspace, sessionId, cancellationToken)
            .TakeWhile(envelope => envelope.Seq <= point.Seq);
        var title = "";
        var id = await WriteAsync(
            workspace,
            events,
            created => created with { ForkedFrom = origin },
            state =>
            {
                title = SessionTitle.WithSuffix(state.Facts.Title, ForkSuffix).Trim();
                return [.. Left(state), new SessionTitled(title, By: TitledBy.User)];
            },
            cancellationToken
        );
        await Task.Run(() => stored.CopyCheckpoints(sessionId, id), CancellationToken.None);
        return new ForkSessionResult(id, title);
    }

    public async Task<ImportSessionResult> ImportAsync(
        Workspace workspace,
        ExportedSession session,
        CancellationToken cancellationToken
    ) =>
        new(
            await WriteAsync(
                workspace,
                session.Events.ToAsyncEnumerable(),
                // Where it was forked off is on another computer, or was another session of this one.
                created => created with { ForkedFrom = null },
                _ => [],
                cancellationToken
            )
        );

    /// <summary>What goes on in the other session and cannot go on in two.</summary>
    private static IEnumerable<DurableEvent> Left(SessionState state)
    {
        foreach (var task in state.Repair.Background)
        {
            yield return new BackgroundEnded(task.TaskId, BackgroundEndHow.SessionClosed, 0);
        }

        foreach (var waiting in state.Conversation.Waiting.InOrder)
        {
            yield return new Steer(waiting.Id, SteerState.Dropped, waiting.Kind);
        }
    }

    private async Task<string> WriteAsync(
        Workspace workspace,
        IAsyncEnumerable<EventEnvelope> events,
        Func<SessionCreated, SessionCreated> begin,
        Func<SessionState, List<DurableEvent>> end,
        CancellationToken cancellationToken
    )
    {
        var id = NewId();
        var isDone = false;
        try
        {
            await using (var journal = journals.Create(workspace, id))
            {
                var copy = new Copy(id, journal);
                await foreach (var envelope in events.WithCancellation(cancellationToken))
                {
                    var happened = envelope.Event is SessionCreated created
                        ? begin(created with { Version = SessionCreated.CurrentVersion, Workspace = workspace.Root })
                        : (DurableEvent)envelope.Event;
                    // With the times of then: what the model reads begins with the session's own date.
                    copy.Add(happened, envelope.At ?? time.GetUtcNow());
                }

                end(copy.State).ForEach(happened => copy.Add(happened, time.GetUtcNow()));
                journal.Flush();
                journal.Describe(copy.State.Facts.Summary(id, time.GetUtcNow()));
            }

            isDone = true;
            return id;
        }
        catch (IOException error)
        {
            throw new SageException(ErrorCodes.StorageFailed, $"The session could not be saved: {error.Message}");
        }
        finally
        {
            if (!isDone)
            {
                stored.Discard(workspace, id);
            }
        }
    }

    // Version 7 ids sort by time, which keeps a folder of journals in order for people.
    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>A journal that is written, and what its events lead to.</summary>
    private sealed class Copy(string sessionId, IJournal journal)
    {
        public SessionState State { get; } = new();

        public void Add(DurableEvent happened, DateTimeOffset at)
        {
            var envelope = new EventEnvelope(sessionId, happened, State.LastSeq + 1, at);
            journal.Append(envelope);
            State.Apply(envelope);
            if (happened is TurnEnded && journal.WantsSnapshot)
            {
                journal.Append(State.Save());
            }
        }
    }
}
