using System.Globalization;
using System.Runtime.Versioning;

namespace Sage.Sandbox.Native;

/// <summary>Who is running, and who started whom.</summary>
[UnsupportedOSPlatform("windows")]
internal static class ProcessTable
{
    /// <summary>Every process we may see, in the order of ids, each as it is at the moment it is asked for.</summary>
    public static IEnumerable<ProcessEntry> Read() => OperatingSystem.IsMacOS() ? MacProcesses.Read() : ReadProc();

    /// <summary>
    /// The processes below <paramref name="ancestor"/>, without itself, and those of its shell's session with all below them:
    /// where orphans are not handed to the supervisor, the session is what still tells whose they are.
    /// </summary>
    public static List<ProcessEntry> Family(IReadOnlyCollection<ProcessEntry> table, int ancestor, int session)
    {
        var children = table.ToLookup(entry => entry.Parent);
        var found = new List<ProcessEntry>();
        var known = new HashSet<int> { ancestor };
        var pending = new Queue<ProcessEntry>(
            children[ancestor].Concat(table.Where(entry => entry.Session == session && session > 0))
        );
        while (pending.TryDequeue(out var entry))
        {
            if (known.Add(entry.Pid))
            {
                found.Add(entry);
                foreach (var child in children[entry.Pid])
                {
                    pending.Enqueue(child);
                }
            }
        }

        return found;
    }

    /// <summary>One process; null when it is gone.</summary>
    public static ProcessEntry? Find(int pid) =>
        OperatingSystem.IsMacOS()
            ? MacProcesses.Find(pid)
            : ReadEntry(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));

    /// <summary>
    /// The children that the main thread of a process started or was given: quick, because nothing else is looked at. Empty
    /// where the kernel does not tell.
    /// </summary>
    [SupportedOSPlatform("linux")]
    public static List<int> ChildrenOf(int pid) =>
        ParseIds(ProcFile.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/task/{pid}/children")));

    /// <summary>Reads <c>12 34 56 </c>.</summary>
    internal static List<int> ParseIds(ReadOnlySpan<byte> text)
    {
        var ids = new List<int>();
        foreach (var range in text.Split((byte)' '))
        {
            if (int.TryParse(text[range], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static IEnumerable<ProcessEntry> ReadProc()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(
                    folder.AsSpan("/proc/".Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var pid
                ) && ReadEntry(folder + "/stat") is { } entry
            )
            {
                yield return entry;
            }
        }
    }

    private static ProcessEntry? ReadEntry(string path) => ProcessEntry.Parse(ProcFile.Read(path));
}
