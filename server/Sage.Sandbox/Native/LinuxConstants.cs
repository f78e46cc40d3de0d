namespace Sage.Sandbox.Native;

/// <summary>Numbers of the Linux kernel and its C libraries; the same on x64 and arm64, glibc and musl.</summary>
internal static class LinuxConstants
{
    public const int SetParentDeathSignal = 1; // PR_SET_PDEATHSIG
    public const int SetChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER

    public const int Sigkill = 9;
    public const int Sigpipe = 13;
    public const int Sigterm = 15;
    public const int Sigcont = 18;
    public const nint IgnoreSignal = 1; // SIG_IGN

    public const int Eintr = 4;
    public const int Echild = 10;

    public const int ReadOnly = 0; // O_RDONLY
    public const int CloseOnExec = 0x80000; // O_CLOEXEC
    public const short PollIn = 1;

    public const short SpawnSetDefaultSignals = 0x04;
    public const short SpawnSetSignalMask = 0x08;
    public const short SpawnSetSession = 0x80;
}
