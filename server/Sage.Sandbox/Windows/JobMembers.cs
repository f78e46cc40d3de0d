using System.Runtime.InteropServices;

namespace Sage.Sandbox.Windows;

/// <summary>Reads a <c>JOBOBJECT_BASIC_PROCESS_ID_LIST</c>: two counts, then ids of the size of a pointer.</summary>
internal static class JobMembers
{
    public const int HeaderSize = 2 * sizeof(uint);

    /// <summary>The error that says that there was not room for all.</summary>
    public const int MoreThanFit = 234; // ERROR_MORE_DATA

    public static List<int> Parse(ReadOnlySpan<byte> list)
    {
        var count = (int)MemoryMarshal.Read<uint>(list[sizeof(uint)..]);
        var ids = MemoryMarshal.Cast<byte, nuint>(list[HeaderSize..]);
        return [.. ids[..Math.Min(count, ids.Length)].ToArray().Select(id => (int)id)];
    }
}
