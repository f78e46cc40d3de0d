using System.Collections.Concurrent;
using Sage.Agent.Runtime;
using Sage.Agent.ToolCalls;

namespace Sage.Agent.Subagents;

/// <summary>The sub-agents of one turn: a few at the same time, each with a stop of its own. None outlives the turn.</summary>
/// <param name="around">The turn.</param>
internal sealed class TurnSubagents(TurnSurroundings around)
{
    /// <summary>How many work at the same time; more wait for a place.</summary>
    public const int Places = 8;

    /// <summary>How many requests one of them may make.</summary>
    public const int MostSteps = 50;

    private readonly ConflictQueue _places = new(Places);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _stops = new(StringComparer.Ordinal);
    private int _started = around.Recorder.Conversation.Subagents;

    /// <summary>Runs one inside a call.</summary>
    public async Task<ToolResult> RunAsync(Work call, SubagentTask task, CancellationToken cancellationToken)
    {
        if (SubagentKind.BuiltIn.FirstOrDefault(kind => kind.Name == task.Kind) is not { } kind)
        {
            var names = string.Join(", ", SubagentKind.BuiltIn.Select(known => known.Name));
            return ToolResult.Error($"There is no kind of sub-agent called {task.Kind}. There are: {names}.");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stops[call.CallId!] = stop;
        try
        {
            using var place = await _places.EnterAsync(ResourceAccess.None, stop.Token);
            using var subagent = new Subagent(kind, around, call, Interlocked.Increment(ref _started));
            return await subagent.RunAsync(task.Words, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ToolPipeline.Cancelled;
        }
        finally
        {
            _stops.TryRemove(call.CallId!, out _);
        }
    }

    /// <summary>Stops one of them. The turn goes on.</summary>
    /// <returns>False when that call runs none (any more).</returns>
    public bool Stop(string callId)
    {
        if (!_stops.TryGetValue(callId, out var stop))
        {
            return false;
        }

        try
        {
            stop.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at this moment.
            return false;
        }
    }
}
