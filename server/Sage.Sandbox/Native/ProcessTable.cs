using System.Globalization;
using System.Runtime.Versioning;

namespace Sage.Sandbox.Native;

/// <summary>Who is running, and who started whom.</summary>
[SupportedOSPlatform("linux")]
internal static class ProcessTable
{
    /// <summary>Every process we may see, at about one moment.</summary>
    public static List<ProcessEntry> Read()
    {
        var entries = new List<ProcessEntry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var name = folder.AsSpan("/proc/".Length);
            if (
                int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && ReadEntry(folder + "/stat") is { } entry
            )
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>The processes below <paramref name="ancestor"/>, without itself.</summary>
    public static List<ProcessEntry> Descendants(IEnumerable<ProcessEntry> table, int ancestor)
    {
        var children = table.ToLookup(entry => entry.Parent);
        var found = new List<ProcessEntry>();
        var pending = new Queue<int>([ancestor]);
        while (pending.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                pending.Enqueue(child.Pid);
            }
        }

        return found;
    }

    // By system call: a process that has gone meanwhile is ordinary here, and must not cost an exception.
    private static unsafe ProcessEntry? ReadEntry(string path)
    {
        var descriptor = Libc.Open(path, LinuxConstants.ReadOnly | LinuxConstants.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return null;
        }

        var buffer = stackalloc byte[1024];
        var length = Libc.Read(descriptor, buffer, 1024);
        _ = Libc.Close(descriptor);
        return length > 0 ? ProcessEntry.Parse(new(buffer, (int)length)) : null;
    }
}
