using System.Runtime.Versioning;

namespace Sage.Sandbox.Native;

/// <summary>Numbers of the C libraries: those that Linux (glibc, musl; x64, arm64) and macOS share, and those that differ.</summary>
[UnsupportedOSPlatform("windows")]
internal static class PosixConstants
{
    public const int Sigkill = 9;
    public const int Sigpipe = 13;
    public const int Sigterm = 15;
    public const int LastSignal = 64;
    public const nint DefaultAction = 0; // SIG_DFL
    public const nint IgnoreSignal = 1; // SIG_IGN

    public const int Eintr = 4;
    public const int ReadOnly = 0; // O_RDONLY
    public const short PollIn = 1;

    public const short SpawnSetDefaultSignals = 0x04;
    public const short SpawnSetSignalMask = 0x08;

    public static int Sigstop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int Sigcont => OperatingSystem.IsMacOS() ? 19 : 18;

    public static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x100_0000 : 0x8_0000; // O_CLOEXEC

    /// <summary>A session of its own; on macOS also none of our descriptors but those that the file actions make.</summary>
    public static short SpawnSetSession => OperatingSystem.IsMacOS() ? (short)0x4400 : (short)0x80;
}
