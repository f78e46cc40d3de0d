using Sage.Agent.ToolCalls;

namespace Sage.Extensibility.Mcp.Connections;

/// <summary>The calls of one server that run, so that what it asks meanwhile is asked where the call was made.</summary>
internal sealed class OpenCalls
{
    private readonly Lock _gate = new();
    private readonly List<OpenCall> _open = [];
    private readonly AsyncLocal<OpenCall?> _own = new();

    /// <summary>
    /// The call that a question belongs to: the one that it came inside of, where the protocol says so, and otherwise the newest,
    /// for a session makes one call of a server at a time. Null when none runs.
    /// </summary>
    public OpenCall? Asking
    {
        get
        {
            lock (_gate)
            {
                return _own.Value is { } own && _open.Contains(own) ? own : _open.LastOrDefault();
            }
        }
    }

    /// <summary>A call runs until the result is disposed.</summary>
    public IDisposable Enter(ToolContext context, CancellationToken stopped)
    {
        var call = new OpenCall(context, this, stopped);
        _own.Value = call;
        lock (_gate)
        {
            _open.Add(call);
        }

        return call;
    }

    /// <summary>One of them.</summary>
    internal sealed class OpenCall(ToolContext context, OpenCalls calls, CancellationToken stopped) : IDisposable
    {
        public ToolContext Context => context;

        public CancellationToken Stopped => stopped;

        /// <summary>There is one card for a call at a time.</summary>
        public SemaphoreSlim Card { get; } = new(1, 1);

        public void Dispose()
        {
            lock (calls._gate)
            {
                calls._open.Remove(this);
            }
        }
    }
}
