using Sage.Agent.ToolCalls;
using Sage.TestKit.Agents;

namespace Sage.Agent.Tests.ToolCalls;

/// <summary>Where calls run under the eyes of a test: it sees which run, ends them one by one, and notices any overlap.</summary>
internal sealed class Stage(IReadOnlyList<ResourceAccess> accesses)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, TaskCompletionSource> _running = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly List<string> _overlaps = [];
    private readonly List<int> _started = [];

    /// <summary>A tool whose calls play here, by their parameter <c>call</c>.</summary>
    public FunctionTool Tool =>
        new(
            "play",
            async (input, _, token) =>
            {
                await PlayAsync(input.GetProperty("call").GetInt32(), token);
                return ToolResult.Ok("played");
            }
        )
        {
            Access = input => accesses[input.GetProperty("call").GetInt32()],
        };

    /// <summary>The calls that run now.</summary>
    public int[] Running
    {
        get
        {
            lock (_gate)
            {
                return [.. _running.Keys];
            }
        }
    }

    /// <summary>All calls that ever ran, as they began.</summary>
    public int[] Started
    {
        get
        {
            lock (_gate)
            {
                return [.. _started];
            }
        }
    }

    /// <summary>Pairs of conflicting calls that ran at the same time.</summary>
    public string[] Overlaps
    {
        get
        {
            lock (_gate)
            {
                return [.. _overlaps];
            }
        }
    }

    /// <summary>The work of a call: it lasts until the test ends it, or its token.</summary>
    public async Task PlayAsync(int call, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var others = _running.Keys.Where(other => accesses[other].ConflictsWith(accesses[call]));
            _overlaps.AddRange(others.Select(other => $"{other} and {call}"));
            _running.Add(call, end);
            _started.Add(call);
        }

        _changed.Release();
        try
        {
            await end.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(call);
            }

            _changed.Release();
        }
    }

    /// <summary>Ends a call, unless its token has done so.</summary>
    public void End(int call)
    {
        lock (_gate)
        {
            _running.GetValueOrDefault(call)?.SetResult();
        }
    }

    /// <summary>Looks again whenever a call begins or ends, or when the other task does.</summary>
    public async Task UntilAsync(Func<bool> condition, Task other)
    {
        while (!condition())
        {
            await Task.WhenAny(_changed.WaitAsync(), other).WaitAsync(Soon);
            if (other.IsCompleted && !condition())
            {
                return;
            }
        }
    }
}
