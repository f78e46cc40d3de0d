using System.Collections.Concurrent;
using Sage.Agent.Workspaces;

namespace Sage.Agent.ToolCalls;

/// <summary>Keeps conflicting calls of different sessions in one workspace apart while they run (not while they ask).</summary>
internal sealed class WorkspaceLocks
{
    private readonly ConcurrentDictionary<string, ConflictQueue> _queues = new(StringComparer.Ordinal);

    /// <summary>Waits until the call may touch what it touches. Dispose the result when it has run.</summary>
    public ValueTask<IDisposable> EnterAsync(
        Workspace workspace,
        ResourceAccess access,
        CancellationToken cancellationToken
    ) => _queues.GetOrAdd(workspace.Root, static _ => new ConflictQueue()).EnterAsync(access, cancellationToken);
}
