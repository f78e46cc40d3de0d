using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sage.Sandbox.Native;

/// <summary>The system call a process is blocked in, as <c>/proc/&lt;pid&gt;/syscall</c> tells it: <c>0 0x3 0x7ffd…</c></summary>
/// <param name="Kind">Which.</param>
/// <param name="First">Its first argument.</param>
internal readonly record struct BlockedCall(BlockedCallKind Kind, int First)
{
    /// <summary>The one descriptor it waits to read from; null when it waits for something else, or for several things.</summary>
    public int? DescriptorRead =>
        Kind switch
        {
            BlockedCallKind.Read => First,
            // The first argument is one more than the highest descriptor that is waited for.
            BlockedCallKind.Select when First == 1 => 0,
            _ => null,
        };

    /// <summary>Null when it is not blocked, is blocked in another call, or may not be looked at.</summary>
    [SupportedOSPlatform("linux")]
    public static BlockedCall? Of(int pid) =>
        Parse(
            ProcFile.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/syscall")),
            RuntimeInformation.ProcessArchitecture
        );

    internal static BlockedCall? Parse(ReadOnlySpan<byte> line, Architecture architecture) =>
        Utf8Parser.TryParse(line, out int number, out var digits)
        && KindOf(number, architecture) is { } kind
        && line[digits..].StartsWith(" 0x"u8)
        && Utf8Parser.TryParse(line[(digits + 3)..], out int first, out _, 'x')
            ? new(kind, first)
            : null;

    private static BlockedCallKind? KindOf(int number, Architecture architecture) =>
        (architecture, number) switch
        {
            (Architecture.X64, 0) or (Architecture.Arm64, 63) => BlockedCallKind.Read,
            (Architecture.X64, 23 or 270) or (Architecture.Arm64, 72) => BlockedCallKind.Select,
            _ => null,
        };
}

internal enum BlockedCallKind
{
    Read,

    /// <summary><c>select</c> or <c>pselect6</c>.</summary>
    Select,
}
