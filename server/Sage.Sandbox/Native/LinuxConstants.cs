using System.Runtime.InteropServices;

namespace Sage.Sandbox.Native;

/// <summary>Numbers of the Linux kernel.</summary>
internal static class LinuxConstants
{
    public const int SetParentDeathSignal = 1; // PR_SET_PDEATHSIG
    public const int SetChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER
    public const int SetSignalMask = 2; // SIG_SETMASK

    /// <summary>The number of the system call <c>read</c>.</summary>
    public static int ReadCall => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0 : 63;
}
