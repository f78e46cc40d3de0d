using System.Collections.Immutable;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Connections;
using Sage.Extensibility.Mcp.Overview;

namespace Sage.Extensibility.Mcp;

/// <summary>The servers of one workspace, kept as the configuration and the user want them.</summary>
internal sealed class WorkspaceServers(TimeProvider time, Changes changes)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, McpServer> _running = new(StringComparer.Ordinal);

    // By the user; with the tools that they had.
    private readonly SortedDictionary<string, McpServer> _stopped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServerLog> _logs = new(StringComparer.Ordinal);
    private readonly List<Task> _ending = [];
    private bool _isClosed;

    /// <summary>Those that the user has stopped and the configuration still wants.</summary>
    public ImmutableArray<McpServer> Stopped
    {
        get
        {
            lock (_gate)
            {
                return [.. _stopped.Values];
            }
        }
    }

    /// <summary>Starts those that are new, ends those that are not wanted any more, and does both to those that have changed.</summary>
    /// <returns>Those that are wanted and not stopped, by name.</returns>
    public ImmutableArray<McpServer> Reconcile(
        ImmutableArray<McpServerSpec> wanted,
        Func<McpServerSpec, ServerLog, McpServer> start
    )
    {
        lock (_gate)
        {
            Forget(_stopped, wanted);
            foreach (var server in Forget(_running, wanted))
            {
                End(server);
            }

            foreach (var spec in wanted.Where(spec => !_isClosed && !IsKnown(spec.Name)))
            {
                _running.Add(spec.Name, start(spec, LogOf(spec.Name)));
                changes.OfServers();
            }

            return [.. _running.Values];
        }
    }

    /// <summary>How a configured server stands; null when it was never started.</summary>
    public (McpServer Server, bool IsStopped)? Find(McpServerSpec spec)
    {
        lock (_gate)
        {
            return _running.TryGetValue(spec.Name, out var running) && IsSame(running.Spec, spec) ? (running, false)
                : _stopped.TryGetValue(spec.Name, out var stopped) && IsSame(stopped.Spec, spec) ? (stopped, true)
                : null;
        }
    }

    /// <summary>The log of a server; null when it was never started.</summary>
    public ServerLog? FindLog(string name)
    {
        lock (_gate)
        {
            return _logs.GetValueOrDefault(name);
        }
    }

    /// <summary>Ends a server until <see cref="Release"/>.</summary>
    public async Task StopAsync(string name)
    {
        if (Take(name) is { } server)
        {
            server.WhoEnds = "The user has stopped it.";
            await server.DisposeAsync();
            changes.OfServers();
        }
    }

    /// <summary>Ends a server for the next <see cref="Reconcile"/> to start it.</summary>
    public async Task EndAsync(string name)
    {
        if (Take(name) is { } server)
        {
            server.WhoEnds = "The user has it started anew.";
            await server.DisposeAsync();
        }

        Release(name);
    }

    /// <summary>Lets the next <see cref="Reconcile"/> start a server that was stopped.</summary>
    public void Release(string name)
    {
        lock (_gate)
        {
            _stopped.Remove(name);
        }
    }

    public async Task CloseAsync()
    {
        Task[] ending;
        lock (_gate)
        {
            _isClosed = true;
            ending = [.. _ending, .. _running.Values.Select(static server => server.DisposeAsync().AsTask())];
            _running.Clear();
        }

        await Task.WhenAll(ending);
    }

    /// <summary>While it ends, it counts as stopped: nobody starts another one beside it.</summary>
    private McpServer? Take(string name)
    {
        lock (_gate)
        {
            if (!_running.Remove(name, out var server))
            {
                return null;
            }

            _stopped[name] = server;
            return server;
        }
    }

    private void End(McpServer server)
    {
        _ending.RemoveAll(static task => task.IsCompleted);
        _ending.Add(server.DisposeAsync().AsTask());
        changes.OfServers();
    }

    private ServerLog LogOf(string name)
    {
        if (!_logs.TryGetValue(name, out var log))
        {
            log = new ServerLog(time, () => changes.OfLog(name));
            _logs.Add(name, log);
        }

        return log;
    }

    private bool IsKnown(string name) => _running.ContainsKey(name) || _stopped.ContainsKey(name);

    private static List<McpServer> Forget(
        SortedDictionary<string, McpServer> servers,
        ImmutableArray<McpServerSpec> wanted
    )
    {
        var gone = servers.Values.Where(server => !wanted.Any(spec => IsSame(spec, server.Spec))).ToList();
        gone.ForEach(server => servers.Remove(server.Spec.Name));
        return gone;
    }

    private static bool IsSame(McpServerSpec one, McpServerSpec other) =>
        (one.Name, one.Place, one.Written) == (other.Name, other.Place, other.Written);
}
