using System.Diagnostics;
using MediatR;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Protocol.Runtime;
using Sage.Server.Hosting;
using Sage.Server.Rpc;

namespace Sage.Server.Handlers.Runtime;

/// <summary>Says what runs in this process.</summary>
internal sealed class RuntimeSnapshotHandler(
    SessionRegistry sessions,
    WorkTree work,
    ClientNotifier notifier,
    TimeProvider time
) : IRequestHandler<RuntimeSnapshotParams, RuntimeSnapshotResult>
{
    public Task<RuntimeSnapshotResult> Handle(RuntimeSnapshotParams request, CancellationToken cancellationToken) =>
        Task.FromResult(
            new RuntimeSnapshotResult(
                OwnProcess(),
                [.. sessions.Open.OrderBy(session => session.Id, StringComparer.Ordinal).Select(Describe)],
                work.Snapshot()
            )
        );

    private OpenSession Describe(Session session) =>
        new(session.Id, session.IsRunning, session.WaitingPrompts, notifier.UnsentEvents(session.Id));

    private ServerProcess OwnProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new(
            process.Id,
            ProductVersion.Text,
            (long)(time.GetUtcNow() - process.StartTime.ToUniversalTime()).TotalMilliseconds,
            process.WorkingSet64,
            GC.GetTotalMemory(forceFullCollection: false),
            ThreadPool.ThreadCount,
            ThreadPool.PendingWorkItemCount
        );
    }
}
