using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;

namespace Sage.Agent.Turns;

/// <summary>
/// The calls of one reply: started as they become complete, recorded in call order. Each gets exactly one result,
/// also when the turn is cancelled.
/// </summary>
internal sealed class CallBatch(
    SessionRecorder recorder,
    ToolScheduler scheduler,
    Func<ToolCall, Action, CancellationToken, Task<ToolResult>> run,
    TimeProvider time,
    CancellationToken cancellationToken
) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly List<(ToolCall Call, ToolResult Result)> _results = [];
    private readonly List<Task<ToolResult>> _started = [];
    private Task _recorded = Task.CompletedTask;

    /// <summary>The calls with their results, once <see cref="FinishAsync"/> is done.</summary>
    public IReadOnlyList<(ToolCall Call, ToolResult Result)> Results => _results;

    /// <summary>True when one of the results leaves nothing to do.</summary>
    public bool EndsTurn => _results.Exists(static done => done.Result.EndsTurn);

    /// <summary>Records a complete call and lets it run as soon as it may.</summary>
    public async ValueTask StartAsync(ToolCall call)
    {
        await recorder.RecordAsync(
            new ToolCallStarted(call.Id, call.ReplyId, call.Name, call.Title, call.Input),
            CancellationToken.None
        );
        Restart(call);
    }

    /// <summary>Lets a call run that was recorded before.</summary>
    public void Restart(ToolCall call)
    {
        var clock = new CallClock(time);
        var result = scheduler.Schedule(
            call.Access,
            token => run(call, clock.Start, token),
            ToolPipeline.Cancelled,
            call.Work.Stoppable(_stop.Token)
        );
        Add(call, result, clock);
    }

    /// <summary>Takes in a call that has its result already.</summary>
    public void Settle(ToolCall call, ToolResult result) => Add(call, Task.FromResult(result), new CallClock(time));

    /// <summary>Stops what still runs; <see cref="FinishAsync"/> then ends soon.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Waits until every call has its result, and the results are recorded.</summary>
    public Task FinishAsync() => _recorded;

    /// <summary>Nothing that was started outlives the batch, also when its results could not be recorded.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var settled in _started)
        {
            await ((Task)settled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // A result that is recorded later would meet the one that the next turn records for a call without any.
        await _recorded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Add(ToolCall call, Task<ToolResult> result, CallClock clock)
    {
        var settled = SettleAsync(call, result, clock);
        _started.Add(settled);
        _recorded = RecordInOrderAsync(_recorded, call, settled, clock);
    }

    private async Task<ToolResult> SettleAsync(ToolCall call, Task<ToolResult> result, CallClock clock)
    {
        var value = await result;
        call.Work.How = value.Status == ToolCallStatus.Cancelled ? "cancelled" : "finished";
        Telemetry.CallEnded(call, value.Status, clock.ElapsedMs);
        call.Work.Dispose();
        await recorder.StreamAsync(new ToolCallSettled(call.Id, value.Status, clock.ElapsedMs), CancellationToken.None);
        return value;
    }

    private async Task RecordInOrderAsync(Task earlier, ToolCall call, Task<ToolResult> settled, CallClock clock)
    {
        var result = await settled;
        await earlier;
        foreach (var happened in result.Events)
        {
            await recorder.RecordAsync(happened, CancellationToken.None);
        }

        await recorder.RecordAsync(
            new ToolCallEnded(
                call.Id,
                result.Status,
                result.Text,
                clock.ElapsedMs,
                result.Images.IsEmpty ? null : result.Images,
                result.Outside is { IsTrusted: false } outside ? OutsideMark.OneLine(outside.Source) : null
            ),
            CancellationToken.None
        );
        _results.Add((call, result));
    }

    /// <summary>Measures a tool's own work: not the waiting for other calls or for the user.</summary>
    private sealed class CallClock(TimeProvider time)
    {
        private long _started;
        private long? _elapsed;

        public void Start() => _started = time.GetTimestamp();

        /// <summary>Fixed by the first reading; 0 when the tool never ran.</summary>
        public long ElapsedMs => _elapsed ??= _started == 0 ? 0 : (long)time.GetElapsedTime(_started).TotalMilliseconds;
    }
}
