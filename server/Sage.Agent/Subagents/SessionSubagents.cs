using System.Collections.Concurrent;
using Sage.Agent.ToolCalls;
using Sage.Protocol;
using Sage.Protocol.Turns;

namespace Sage.Agent.Subagents;

/// <summary>The sub-agents of one session: a few at the same time, each with a stop and an ear of its own.</summary>
/// <param name="started">How many there were before.</param>
internal sealed class SessionSubagents(int started)
{
    /// <summary>How many work at the same time; more wait for a place.</summary>
    public const int Places = 8;

    private readonly ConflictQueue _places = new(Places);
    private readonly ConcurrentDictionary<string, RunningSubagent> _running = new(StringComparer.Ordinal);
    private int _started = started;

    /// <summary>Counts those that have begun to work.</summary>
    public int NextNumber() => Interlocked.Increment(ref _started);

    /// <summary>Waits for a place. Dispose the result when the work is done.</summary>
    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) =>
        _places.EnterAsync(ResourceAccess.None, cancellationToken);

    /// <summary>Lets one be stopped and spoken to until the result is disposed.</summary>
    /// <param name="callId">The call that started it.</param>
    /// <param name="stop">Ends it.</param>
    public RunningSubagent Add(string callId, Action stop)
    {
        var running = new RunningSubagent(stop, ended => _running.TryRemove(new(callId, ended)));
        _running[callId] = running;
        return running;
    }

    /// <summary>Stops one of them. Whoever started it goes on.</summary>
    /// <returns>Whether that call runs one.</returns>
    public bool Stop(string callId)
    {
        var running = _running.GetValueOrDefault(callId);
        running?.Stop();
        return running is not null;
    }

    /// <summary>Words for one of them.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.NoTurnRunning"/>, <see cref="ErrorCodes.NotWaiting"/>, <see cref="ErrorCodes.CommandRefused"/></exception>
    public Task SteerAsync(string callId, string id, string text, CancellationToken cancellationToken) =>
        _running.GetValueOrDefault(callId)?.SteerAsync(id, text, cancellationToken)
        ?? throw RunningSubagent.CannotTakeIt();
}

/// <summary>One sub-agent as the user reaches it, from its call to its end.</summary>
/// <param name="stop">Ends it.</param>
/// <param name="remove">It has ended.</param>
internal sealed class RunningSubagent(Action stop, Action<RunningSubagent> remove) : IDisposable
{
    private volatile Subagent? _working;

    /// <summary>Null while it waits for a place.</summary>
    public Subagent? Working
    {
        set => _working = value;
    }

    public static SageException CannotTakeIt() =>
        new(ErrorCodes.NoTurnRunning, "This sub-agent does not work now, so it cannot take this.");

    /// <exception cref="SageException">It cannot take this.</exception>
    public async Task SteerAsync(string id, string text, CancellationToken cancellationToken)
    {
        try
        {
            var working = _working ?? throw CannotTakeIt();
            await working.SteerAsync(id, [new TextPart(text)], cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            throw CannotTakeIt();
        }
    }

    public void Stop()
    {
        try
        {
            stop();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at this moment.
        }
    }

    public void Dispose() => remove(this);
}
