using System.Runtime.Versioning;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>Everything a supervised shell has started: ends it, and remembers what had to be ended and how.</summary>
/// <param name="root">The supervisor.</param>
/// <param name="shell">Its session has the same id.</param>
/// <param name="time">Tells how long each took.</param>
[UnsupportedOSPlatform("windows")]
internal sealed class DescendantTree(int root, int shell, TimeProvider time)
{
    /// <summary>No build has so many processes; a tree that has is not asked, it is killed.</summary>
    public const int Runaway = 2_000;

    // Linux hands us every orphan, so there nobody is found by a number that might long be a stranger's.
    private readonly int _session = OperatingSystem.IsMacOS() ? shell : 0;
    private readonly Dictionary<int, Target> _targets = [];

    /// <summary>True when nothing is left. On Linux only the end of all children tells that for certain.</summary>
    public bool IsGone() => Scan().TrueForAll(entry => entry.IsZombie);

    /// <summary>Asks every descendant to end.</summary>
    /// <returns>How many there were.</returns>
    public int Terminate()
    {
        var descendants = Scan();
        // By group, because a group is signalled in one piece: no member can fork its way out in between. Every group below
        // the supervisor was made below it (the shell has its own session), so no stranger is hit.
        foreach (var group in descendants.Select(entry => entry.Group).Where(group => group > 1).Distinct())
        {
            Ask(-group);
        }

        Remember(descendants);
        return descendants.Count;
    }

    /// <summary>
    /// Asks what slipped through: processes whose parent has ended and that were not asked yet. The children of a living
    /// parent are left alone, they may be its clean-up.
    /// </summary>
    /// <returns>How many processes there are.</returns>
    public int TerminateOrphans()
    {
        var table = ProcessTable.Read().ToList();
        foreach (var orphan in table.Where(entry => entry.Parent == root && !_targets.ContainsKey(entry.Pid)).ToList())
        {
            List<ProcessEntry> family = [orphan, .. ProcessTable.Family(table, orphan.Pid, session: 0)];
            family.ForEach(entry => Ask(entry.Pid));
            Remember(family);
        }

        return ProcessTable.Family(table, root, _session).Count;
    }

    /// <summary>Kills every descendant; repeat until none is left.</summary>
    public void Kill()
    {
        var frozen = FrozenTree.Freeze(root, _session);
        Remember(frozen);
        foreach (var entry in frozen)
        {
            _ = Libc.Kill(entry.Pid, PosixConstants.Sigkill);
            _targets[entry.Pid].How = EndedHow.Killed;
        }
    }

    /// <summary>A direct child, or an adopted one, is gone.</summary>
    public void NoteExit(int pid)
    {
        if (_targets.TryGetValue(pid, out var target))
        {
            target.EndedAt ??= time.GetTimestamp();
        }
    }

    /// <summary>What was ended, after the last descendant has gone.</summary>
    public EndedProcess[] ReportGone() => Report(_ => false);

    /// <summary>What was ended, when some would not go: at least one, though it may be too quick to be seen.</summary>
    public EndedProcess[] ReportSurvivors()
    {
        var alive = Scan().Where(entry => !entry.IsZombie).ToList();
        Remember(alive);
        var report = Report(alive.Select(entry => entry.Pid).ToHashSet().Contains);
        return alive.Count > 0 ? report : [.. report, new EndedProcess(0, "unknown", EndedHow.Survived, 0)];
    }

    private EndedProcess[] Report(Predicate<int> survived) =>
        [
            .. _targets.Select(pair => new EndedProcess(
                pair.Key,
                pair.Value.Name,
                survived(pair.Key) ? EndedHow.Survived : pair.Value.How,
                (long)
                    time.GetElapsedTime(pair.Value.AskedAt, pair.Value.EndedAt ?? time.GetTimestamp()).TotalMilliseconds
            )),
        ];

    private List<ProcessEntry> Scan() => ProcessTable.Family([.. ProcessTable.Read()], root, _session);

    // A stopped process handles SIGTERM only once it continues.
    private static void Ask(int pidOrGroup)
    {
        _ = Libc.Kill(pidOrGroup, PosixConstants.Sigterm);
        _ = Libc.Kill(pidOrGroup, PosixConstants.Sigcont);
    }

    private void Remember(IEnumerable<ProcessEntry> entries)
    {
        foreach (var entry in entries.Where(entry => !entry.IsZombie))
        {
            _targets.TryAdd(entry.Pid, new Target(entry.Name, time.GetTimestamp()));
        }
    }

    private sealed class Target(string name, long askedAt)
    {
        public string Name { get; } = name;
        public long AskedAt { get; } = askedAt;
        public long? EndedAt { get; set; }
        public EndedHow How { get; set; } = EndedHow.Terminated;
    }
}
