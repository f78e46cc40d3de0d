using System.Collections.Immutable;
using Sage.Agent.Runtime;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;

namespace Sage.Agent.BackgroundWork;

/// <summary>What runs in the background of one session. It is told of in events, and ends with the session at the latest.</summary>
/// <param name="record">Takes the durable events.</param>
/// <param name="stream">Takes the transient ones.</param>
/// <param name="work">Where it is seen to run.</param>
/// <param name="sessionId">Whose it is.</param>
/// <param name="time">The clock.</param>
public sealed class BackgroundTasks(
    Func<DurableEvent, ValueTask> record,
    Func<TransientEvent, ValueTask> stream,
    WorkTree work,
    string? sessionId,
    TimeProvider time
)
{
    /// <summary>How many may run at once.</summary>
    public const int Limit = 16;

    // Of those that have ended, so that their last words can still be read.
    private const int Remembered = 32;

    private readonly Lock _gate = new();
    private readonly List<BackgroundTask> _tasks = [];
    private readonly Dictionary<string, MoveOffer> _offers = new(StringComparer.Ordinal);
    private int _started;

    /// <summary>Belongs to no session: what is added runs, and nobody is told.</summary>
    public static BackgroundTasks Unrecorded() =>
        new(
            static _ => ValueTask.CompletedTask,
            static _ => ValueTask.CompletedTask,
            new WorkTree(TimeProvider.System),
            sessionId: null,
            TimeProvider.System
        );

    /// <summary>In the order in which they were started.</summary>
    public ImmutableArray<BackgroundTask> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _tasks];
            }
        }
    }

    public IEnumerable<BackgroundTask> Running => All.Where(task => task.End is null);

    /// <summary>Null when there is no such task, or it ended long ago.</summary>
    public BackgroundTask? Find(string taskId) => All.FirstOrDefault(task => task.Id == taskId);

    /// <summary>Takes over something that runs already.</summary>
    /// <exception cref="IOException">It could not be recorded. It was asked to end.</exception>
    public Task<BackgroundTask> AddAsync(string callId, string title, IBackgroundWork background)
    {
        ArgumentNullException.ThrowIfNull(background);
        return AddAsync(callId, title, _ => background);
    }

    /// <summary>Takes over something whose parts are to be seen below it.</summary>
    /// <param name="callId">The call that starts it.</param>
    /// <param name="title">One line for people.</param>
    /// <param name="make">Makes it; gets where it is seen to run.</param>
    /// <exception cref="IOException">It could not be recorded. It was asked to end.</exception>
    internal async Task<BackgroundTask> AddAsync(string callId, string title, Func<Work, IBackgroundWork> make)
    {
        var shown = work.Start(WorkKind.BackgroundTask, title, sessionId);
        shown.CallId = callId;
        var background = make(shown);
        var task = Register(callId, title, background);
        try
        {
            await record(new BackgroundStarted(task.Id, callId, title, background.Subagent));
        }
        catch (IOException)
        {
            // What nobody can see must not run.
            background.Stop();
            throw;
        }
        finally
        {
            _ = WatchAsync(task, shown, time.GetTimestamp());
        }

        return task;
    }

    /// <summary>Ends a task; ending it a second time kills it. Completes when its end is recorded.</summary>
    public static Task StopAsync(BackgroundTask task) => EndAsync(task, BackgroundEndHow.Stopped);

    /// <summary>Ends a task that goes on in a terminal of the user's. Completes when its end is recorded.</summary>
    public static Task KeepAsync(BackgroundTask task) => EndAsync(task, BackgroundEndHow.Kept);

    /// <summary>Ends every task.</summary>
    /// <returns>Those that were running.</returns>
    public async Task<ImmutableArray<BackgroundTask>> CloseAsync()
    {
        ImmutableArray<BackgroundTask> running = [.. Running];
        await Task.WhenAll(running.Select(task => EndAsync(task, BackgroundEndHow.SessionClosed)));
        return running;
    }

    /// <summary>Says that a running call can be moved to the background.</summary>
    public MoveOffer Offer(string callId)
    {
        lock (_gate)
        {
            return _offers[callId] = new MoveOffer(callId, Withdraw);
        }
    }

    /// <summary>Moves a running call to the background.</summary>
    /// <returns>The id of the task it has become; null when nothing of that call runs that could be moved.</returns>
    public Task<string?> MoveAsync(string callId)
    {
        lock (_gate)
        {
            return _offers.TryGetValue(callId, out var offer) ? offer.RequestAsync() : Task.FromResult<string?>(null);
        }
    }

    /// <summary>Ids go on after those of earlier processes.</summary>
    internal void Restore(int started) => _started = started;

    private BackgroundTask Register(string callId, string title, IBackgroundWork background)
    {
        lock (_gate)
        {
            var task = new BackgroundTask($"b{++_started}", callId, title, time.GetUtcNow(), background, stream);
            _tasks.Add(task);
            var surplus = _tasks.Count(known => known.End is not null) - Remembered;
            if (surplus > 0)
            {
                _tasks.Remove(_tasks.First(known => known.End is not null));
            }

            return task;
        }
    }

    private static async Task EndAsync(BackgroundTask task, BackgroundEndHow how)
    {
        if (task.End is null)
        {
            task.StopReason ??= how;
            task.Work.Stop();
        }

        await task.Ended;
    }

    private async Task WatchAsync(BackgroundTask task, Work shownAs, long startedAt)
    {
        using var shown = shownAs;
        using var process = task.Work.Pid is { } pid ? shown.StartProcess(pid, task.Title) : null;
        var exit = await task.Work.Completion;
        var how = task.StopReason ?? (exit.WasStopped ? BackgroundEndHow.Stopped : BackgroundEndHow.Exited);
        var end = new BackgroundEnded(
            task.Id,
            how,
            (long)time.GetElapsedTime(startedAt).TotalMilliseconds,
            exit.ExitCode,
            exit.Result,
            exit.Source
        );
        task.End = end;
        try
        {
            await record(end);
        }
        catch (IOException)
        {
            // The disk is full. The next start finds the task without an end and says so.
        }
        finally
        {
            task.MarkEndRecorded();
        }
    }

    private void Withdraw(MoveOffer offer)
    {
        lock (_gate)
        {
            if (_offers.GetValueOrDefault(offer.CallId) == offer)
            {
                _offers.Remove(offer.CallId);
            }
        }
    }
}
