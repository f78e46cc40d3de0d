using System.Collections.Immutable;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Connections;

namespace Sage.Extensibility.Mcp;

/// <summary>The servers of one workspace, kept as the configuration wants them.</summary>
internal sealed class WorkspaceServers
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, McpServer> _running = new(StringComparer.Ordinal);
    private readonly List<Task> _ending = [];
    private bool _isClosed;

    /// <summary>Starts those that are new, ends those that are not wanted any more, and does both to those that have changed.</summary>
    /// <returns>Those that are wanted, by name.</returns>
    public ImmutableArray<McpServer> Reconcile(
        ImmutableArray<McpServerSpec> wanted,
        Func<McpServerSpec, McpServer> start
    )
    {
        lock (_gate)
        {
            foreach (
                var server in _running.Values.Where(server => !wanted.Any(spec => IsSame(spec, server.Spec))).ToList()
            )
            {
                _running.Remove(server.Spec.Name);
                _ending.RemoveAll(static task => task.IsCompleted);
                _ending.Add(server.DisposeAsync().AsTask());
            }

            foreach (var spec in wanted.Where(spec => !_isClosed && !_running.ContainsKey(spec.Name)))
            {
                _running.Add(spec.Name, start(spec));
            }

            return [.. _running.Values];
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

    private static bool IsSame(McpServerSpec one, McpServerSpec other) =>
        (one.Name, one.Place, one.Written) == (other.Name, other.Place, other.Written);
}
