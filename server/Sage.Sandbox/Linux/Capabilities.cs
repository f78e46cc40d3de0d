using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Linux;

/// <summary>
/// The powers that a superuser's command keeps: those over files and over who it is. Others see through walls; one that may
/// watch performance reads the memory of every process, whatever Landlock says.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe class Capabilities
{
    // CAP_CHOWN, _DAC_OVERRIDE, _FOWNER, _FSETID, _KILL, _SETGID, _SETUID, _NET_BIND_SERVICE.
    public const ulong Kept = 1 << 0 | 1 << 1 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 10;

    private const uint Version = 0x2008_0522; // _LINUX_CAPABILITY_VERSION_3

    /// <summary>Writes down how to drop the rest. With no new privileges to be had, no program brings it back.</summary>
    public static void Write(CallScript calls)
    {
        var header = new Header { Version = Version };
        var sets = stackalloc Sets[2];
        if (Libc.SystemCall(SystemCalls.GetCapabilities, (nint)(&header), (nint)sets, 0, 0, 0) != 0)
        {
            return;
        }

        for (var half = 0; half < 2; half++)
        {
            var kept = sets[half].Permitted & (uint)(Kept >> (32 * half));
            sets[half] = new Sets { Effective = kept, Permitted = kept };
        }

        calls.Add(
            "capabilities",
            SystemCalls.SetCapabilities,
            calls.Bytes(new ReadOnlySpan<byte>(&header, sizeof(Header))),
            calls.Bytes(new ReadOnlySpan<byte>(sets, 2 * sizeof(Sets)))
        );
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public uint Version;
        public int Pid;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Sets
    {
        public uint Effective;
        public uint Permitted;
        public uint Inheritable;
    }
}
