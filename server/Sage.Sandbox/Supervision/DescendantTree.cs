using System.Runtime.Versioning;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>Everything below the supervisor: ends it, and remembers what had to be ended and how.</summary>
[SupportedOSPlatform("linux")]
internal sealed class DescendantTree(int root, TimeProvider time)
{
    private readonly Dictionary<int, Target> _targets = [];

    /// <summary>Asks every descendant to end.</summary>
    public void Terminate()
    {
        var descendants = Scan();
        // By group, because a group is signalled in one piece: no member can fork its way out in between. Every group below
        // the supervisor was made below it (the shell has its own session), so no stranger is hit.
        foreach (var group in descendants.Select(entry => entry.Group).Where(group => group > 1).Distinct())
        {
            Ask(-group);
        }

        Remember(descendants);
    }

    /// <summary>
    /// Asks what slipped through: processes whose parent has ended and that were not asked yet. The children of a living
    /// parent are left alone, they may be its clean-up.
    /// </summary>
    public void TerminateOrphans()
    {
        var table = ProcessTable.Read();
        foreach (var orphan in table.Where(entry => entry.Parent == root && !_targets.ContainsKey(entry.Pid)).ToList())
        {
            List<ProcessEntry> family = [orphan, .. ProcessTable.Descendants(table, orphan.Pid)];
            family.ForEach(entry => Ask(entry.Pid));
            Remember(family);
        }
    }

    /// <summary>Kills every descendant that is there at the moment; repeat until none is left.</summary>
    public void Kill()
    {
        var descendants = Scan();
        foreach (var group in descendants.Select(entry => entry.Group).Where(group => group > 1).Distinct())
        {
            _ = Libc.Kill(-group, LinuxConstants.Sigkill);
        }

        Remember(descendants);
        foreach (var entry in descendants.Where(entry => !entry.IsZombie))
        {
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

    /// <summary>What was ended, when some would not go.</summary>
    public EndedProcess[] ReportSurvivors()
    {
        var alive = Scan().Where(entry => !entry.IsZombie).Select(entry => entry.Pid).ToHashSet();
        return Report(alive.Contains);
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

    private List<ProcessEntry> Scan() => ProcessTable.Descendants(ProcessTable.Read(), root);

    // A stopped process handles SIGTERM only once it continues.
    private static void Ask(int pidOrGroup)
    {
        _ = Libc.Kill(pidOrGroup, LinuxConstants.Sigterm);
        _ = Libc.Kill(pidOrGroup, LinuxConstants.Sigcont);
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
