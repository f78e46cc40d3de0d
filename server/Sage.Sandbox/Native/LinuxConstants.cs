namespace Sage.Sandbox.Native;

/// <summary>Numbers of the Linux kernel.</summary>
internal static class LinuxConstants
{
    public const int SetParentDeathSignal = 1; // PR_SET_PDEATHSIG
    public const int SetChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER
    public const int GetFilterMode = 21; // PR_GET_SECCOMP
    public const int SetSignalMask = 2; // SIG_SETMASK
}
