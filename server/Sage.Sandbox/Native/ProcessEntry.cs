using System.Buffers.Text;
using System.Text;

namespace Sage.Sandbox.Native;

/// <summary>One line of the process table.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Name">The name of its executable, as the kernel has it.</param>
/// <param name="IsZombie">True when it has ended and only waits to be noticed.</param>
/// <param name="Parent">Who started it, or who was given it.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="StartedAt">Together with the id it tells it from any other process since the system started; the unit is the kernel's.</param>
internal sealed record ProcessEntry(
    int Pid,
    string Name,
    bool IsZombie,
    int Parent,
    int Group,
    int Session,
    long StartedAt = 0
)
{
    // Of `/proc/<pid>/stat`: tty_nr (7) to itrealvalue (21), which lie between the session and the start time.
    private const int FieldsBeforeStart = 15;

    /// <summary>Reads <c>pid (name) state ppid pgrp session …</c>; the name may itself hold spaces and parentheses.</summary>
    /// <returns>Null when it is not such a line.</returns>
    public static ProcessEntry? Parse(ReadOnlySpan<byte> stat)
    {
        var open = stat.IndexOf((byte)'(');
        var close = stat.LastIndexOf((byte)')');
        if (open < 0 || close < open || !Utf8Parser.TryParse(stat, out int pid, out _) || close + 3 >= stat.Length)
        {
            return null;
        }

        var state = stat[close + 2];
        var rest = stat[(close + 3)..];
        return
            TryNext(ref rest, out var parent) && TryNext(ref rest, out var group) && TryNext(ref rest, out var session)
            ? new(
                pid,
                Encoding.UTF8.GetString(stat[(open + 1)..close]),
                state is (byte)'Z' or (byte)'X',
                (int)parent,
                (int)group,
                (int)session,
                StartTime(rest)
            )
            : null;
    }

    private static long StartTime(ReadOnlySpan<byte> rest)
    {
        var started = 0L;
        for (var field = 0; field <= FieldsBeforeStart; field++)
        {
            if (!TryNext(ref rest, out started))
            {
                return 0;
            }
        }

        return started;
    }

    private static bool TryNext(ref ReadOnlySpan<byte> rest, out long value)
    {
        rest = rest.TrimStart((byte)' ');
        var found = Utf8Parser.TryParse(rest, out value, out var consumed);
        rest = rest[consumed..];
        return found;
    }
}
