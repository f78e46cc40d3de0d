using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>
/// Suspends a whole tree, so that it can be killed in peace: a suspended process starts no other, whereas a list of
/// processes that run is old before it is read to its end.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FrozenTree(int root, int session)
{
    // Each finds what the pass before was too late for; a tree that can be caught at all is caught by the second or third.
    private const int MostPasses = 100;

    // Each takes some microseconds: a chain of processes that lives on must be luckier than this every time.
    private const int MostAttempts = 2_000;

    private readonly Dictionary<int, ProcessEntry> _frozen = [];

    /// <summary>Everybody below the root, suspended; zombies left out.</summary>
    public static IReadOnlyCollection<ProcessEntry> Freeze(int root, int session)
    {
        var tree = new FrozenTree(root, session);
        for (var pass = 0; pass < MostPasses && tree.FreezeMore(); pass++) { }

        return tree._frozen.Values;
    }

    private bool FreezeMore()
    {
        var before = _frozen.Count;
        if (OperatingSystem.IsLinux())
        {
            for (var attempt = 0; attempt < MostAttempts && FreezeChildren(); attempt++) { }
        }

        foreach (var entry in ProcessTable.Family([.. ProcessTable.Read()], root, session))
        {
            Freeze(entry);
        }

        return _frozen.Count > before;
    }

    // Parents first, and each list of children is read after its parent was suspended: from then on it is complete. It costs
    // microseconds, which is what it takes to catch processes that each start the next and go.
    /// <returns>True when there may be more: somebody was found, or was gone before it could be suspended.</returns>
    [SupportedOSPlatform("linux")]
    private bool FreezeChildren()
    {
        var moved = false;
        var pending = new Queue<int>([root]);
        while (pending.TryDequeue(out var parent))
        {
            foreach (var child in ProcessTable.ChildrenOf(parent))
            {
                _ = Libc.Kill(child, PosixConstants.Sigstop);
                var entry = ProcessTable.Find(child);
                if (entry?.Parent == parent)
                {
                    moved |= Freeze(entry);
                    if (!entry.IsZombie)
                    {
                        pending.Enqueue(child);
                    }
                }
                else
                {
                    moved = true;
                    Release(entry);
                }
            }
        }

        return moved;
    }

    // The child has gone; if a stranger has its number already, it was not meant.
    private void Release(ProcessEntry? entry)
    {
        if (entry is not null && entry.Parent != root && !_frozen.ContainsKey(entry.Parent))
        {
            _ = Libc.Kill(entry.Pid, PosixConstants.Sigcont);
        }
    }

    private bool Freeze(ProcessEntry entry)
    {
        if (entry.IsZombie || !_frozen.TryAdd(entry.Pid, entry))
        {
            return false;
        }

        _ = Libc.Kill(entry.Pid, PosixConstants.Sigstop);
        return true;
    }
}
