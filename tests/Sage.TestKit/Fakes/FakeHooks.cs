using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sage.Agent.Hooks;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;

namespace Sage.TestKit.Fakes;

/// <summary>Hooks that answer what the test wants.</summary>
public sealed class FakeHooks : IHooks
{
    private readonly ConcurrentQueue<HookEvent> _happened = new();

    /// <summary>What they were run for, in order.</summary>
    public IReadOnlyList<HookEvent> Happened => [.. _happened];

    /// <summary>What the one hook says.</summary>
    public Func<HookEvent, CancellationToken, Task<HookAnswer?>> Says { get; set; } =
        static (_, _) => Task.FromResult<HookAnswer?>(null);

    public ImmutableArray<string> Problems { get; set; } = [];

    /// <summary>The one hook, before it has said anything.</summary>
    public static HookAnswer Hook { get; } = new("guard.sh", "~/.sage/settings.json", IsOfProject: false);

    /// <summary>The one hook answers one sort of event.</summary>
    public void Answer<T>(Func<T, HookAnswer?> answer)
        where T : HookEvent => Says = (happened, _) => Task.FromResult(happened is T meant ? answer(meant) : null);

    public async Task<HookVerdict> RunAsync(
        HookEvent happened,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        _happened.Enqueue(happened);
        return await Says(happened, cancellationToken) is { } answer ? new HookVerdict([answer]) : HookVerdict.None;
    }

    public ImmutableArray<string> ProblemsOf(Workspace workspace) => Problems;

    public ListHooksResult List(Workspace workspace) => new([], Problems);

    public Task<TestHookResult> TestAsync(string id, Workspace workspace, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>What was recorded of hooks.</summary>
    public static IReadOnlyList<HookRan> In(IEnumerable<EventEnvelope> journal) =>
        [.. journal.Select(envelope => envelope.Event).OfType<HookRan>()];
}
