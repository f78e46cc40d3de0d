using System.Buffers.Text;
using System.Text;

namespace Sage.Sandbox.Native;

/// <summary>One line of the process table: <c>/proc/&lt;pid&gt;/stat</c>.</summary>
internal sealed record ProcessEntry(int Pid, string Name, bool IsZombie, int Parent, int Group, int Session)
{
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
                parent,
                group,
                session
            )
            : null;
    }

    private static bool TryNext(ref ReadOnlySpan<byte> rest, out int value)
    {
        rest = rest.TrimStart((byte)' ');
        var found = Utf8Parser.TryParse(rest, out value, out var consumed);
        rest = rest[consumed..];
        return found;
    }
}
