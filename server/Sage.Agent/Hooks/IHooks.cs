using System.Collections.Immutable;
using Sage.Agent.Workspaces;
using Sage.Protocol.Hooks;

namespace Sage.Agent.Hooks;

/// <summary>Programs that the user and the project want to be run when something happens. Port: implemented in Sage.Extensibility.</summary>
public interface IHooks
{
    /// <summary>
    /// Runs all hooks that are meant, at the same time, and waits for them. Asked at every call, so it costs a look at a few files when
    /// there are none. Throws for nothing but cancellation: a hook that does not work is an answer that says so.
    /// </summary>
    Task<HookVerdict> RunAsync(HookEvent happened, Workspace workspace, CancellationToken cancellationToken);

    /// <summary>What in the files cannot be used, and what to do about it, for the user.</summary>
    ImmutableArray<string> ProblemsOf(Workspace workspace);

    /// <summary>All hooks, those too that do not run.</summary>
    ListHooksResult List(Workspace workspace);

    /// <summary>Runs one hook with a made-up event.</summary>
    /// <exception cref="Protocol.SageException">There is no such hook, or it must not run.</exception>
    Task<TestHookResult> TestAsync(string id, Workspace workspace, CancellationToken cancellationToken);
}
