using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Sage.Sandbox.Native;

/// <summary>The process table of macOS, as libproc tells it.</summary>
internal static unsafe partial class MacProcesses
{
    private const int BasicInformation = 3; // PROC_PIDTBSDINFO
    private const int EntrySize = 136; // struct proc_bsdinfo
    private const uint ZombieStatus = 5; // SZOMB

    [SupportedOSPlatform("macos")]
    public static List<ProcessEntry> Read()
    {
        var ids = new int[ListAllPids(null, 0) + 64];
        int count;
        fixed (int* start = ids)
        {
            count = ListAllPids(start, ids.Length * sizeof(int));
        }

        return [.. ids.Take(count).Order().Select(Find).OfType<ProcessEntry>()];
    }

    [SupportedOSPlatform("macos")]
    public static ProcessEntry? Find(int pid)
    {
        Span<byte> bytes = stackalloc byte[EntrySize];
        fixed (byte* start = bytes)
        {
            return PidInfo(pid, BasicInformation, 0, start, EntrySize) == EntrySize
                ? Parse(bytes, Libc.GetSid(pid))
                : null;
        }
    }

    /// <summary>Reads a <c>struct proc_bsdinfo</c>, which lacks the session.</summary>
    internal static ProcessEntry Parse(ReadOnlySpan<byte> entry, int session)
    {
        // The longer name comes second, and may be empty.
        var name = Text(entry.Slice(64, 32));
        return new(
            (int)Number(entry[12..]),
            name.Length > 0 ? name : Text(entry.Slice(48, 16)),
            Number(entry[4..]) == ZombieStatus,
            (int)Number(entry[16..]),
            (int)Number(entry[100..]),
            session,
            BinaryPrimitives.ReadInt64LittleEndian(entry[120..]) * 1_000_000
                + BinaryPrimitives.ReadInt64LittleEndian(entry[128..])
        );
    }

    private static uint Number(ReadOnlySpan<byte> field) => BinaryPrimitives.ReadUInt32LittleEndian(field);

    private static string Text(ReadOnlySpan<byte> field) =>
        Encoding.UTF8.GetString(field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field);

    [LibraryImport("libproc", EntryPoint = "proc_listallpids")]
    private static partial int ListAllPids(int* buffer, int size);

    [LibraryImport("libproc", EntryPoint = "proc_pidinfo")]
    private static partial int PidInfo(int pid, int flavor, ulong argument, byte* buffer, int size);
}
