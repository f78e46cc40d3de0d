using System.Collections.Immutable;
using System.Runtime.Versioning;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>The last resort when a supervisor itself was killed: ends what it can no longer end.</summary>
[UnsupportedOSPlatform("windows")]
internal static class OrphanedCommands
{
    private const int MostPasses = 100;

    /// <summary>
    /// Kills what is in the session of a command's shell, what carries the command's mark (Linux), and everything below
    /// both. A process that left the session, lost its parent and dropped its environment cannot be told from a stranger.
    /// </summary>
    /// <param name="session">Null when the shell had ended: its number may be another's by now.</param>
    /// <param name="mark">The command's.</param>
    public static ImmutableArray<EndedProcess> End(int? session, CommandMark mark) =>
        Kill(entry => entry.Session == session || (OperatingSystem.IsLinux() && CommandMark.Of(entry.Pid) == mark));

    /// <summary>Kills the remains of commands whose supervisor and whose client were both killed.</summary>
    [SupportedOSPlatform("linux")]
    public static ImmutableArray<EndedProcess> EndAbandoned() =>
        Kill(entry => CommandMark.Of(entry.Pid)?.IsAbandoned == true);

    private static ImmutableArray<EndedProcess> Kill(Predicate<ProcessEntry> isOrphan)
    {
        var ended = new Dictionary<int, EndedProcess>();
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var found = Find(isOrphan);
            if (found.Count == 0)
            {
                break;
            }

            // All are suspended before the first is killed, so that no parent starts another meanwhile.
            found.ForEach(entry => _ = Libc.Kill(entry.Pid, PosixConstants.Sigstop));
            found.ForEach(entry => _ = Libc.Kill(entry.Pid, PosixConstants.Sigkill));
            found.ForEach(entry => ended[entry.Pid] = new(entry.Pid, entry.Name, EndedHow.Killed, 0));
        }

        return [.. ended.Values];
    }

    private static List<ProcessEntry> Find(Predicate<ProcessEntry> isOrphan)
    {
        var table = ProcessTable.Read().ToList();
        var children = table.ToLookup(entry => entry.Parent);
        var found = new Dictionary<int, ProcessEntry>();
        var pending = new Queue<ProcessEntry>(
            table.Where(entry => entry.Pid != Environment.ProcessId && isOrphan(entry))
        );
        while (pending.TryDequeue(out var entry))
        {
            if (!entry.IsZombie && found.TryAdd(entry.Pid, entry))
            {
                foreach (var child in children[entry.Pid])
                {
                    pending.Enqueue(child);
                }
            }
        }

        return [.. found.Values];
    }
}
