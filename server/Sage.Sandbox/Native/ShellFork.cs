using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sage.Sandbox.Native;

/// <summary>
/// Starts the shell of a command on Linux with <c>fork</c>, because only the child itself can ask the kernel to be killed
/// when its supervisor is.
/// </summary>
/// <remarks>
/// After a fork only the calling thread exists, so the child must not need the runtime: it runs one method that allocates
/// nothing, returns nowhere and calls native code through pointers found beforehand, without the runtime's transitions.
/// All signals are blocked meanwhile, or the child would run our handlers.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static unsafe class ShellFork
{
    /// <summary>
    /// The shell gets a session of its own, default signal handling, <c>/dev/null</c> as input, our output as both its
    /// output and its error stream, and dies with the calling thread.
    /// </summary>
    /// <returns>0, or an errno.</returns>
    public static int Start(string shell, string command, out int pid)
    {
        using var image = new ShellImage(shell, command);
        var report = stackalloc int[2];
        var nullDevice = Libc.Open("/dev/null", PosixConstants.ReadOnly | PosixConstants.CloseOnExec, 0);
        if (nullDevice < 0 || Libc.Pipe2(report, PosixConstants.CloseOnExec) != 0)
        {
            pid = 0;
            return Marshal.GetLastPInvokeError();
        }

        pid = Fork(image, nullDevice, report[1]);
        var error = pid < 0 ? Marshal.GetLastSystemError() : 0;
        _ = Libc.Close(nullDevice);
        _ = Libc.Close(report[1]);
        // Nothing to read is the good news: the pipe was closed by exec.
        int failure;
        if (Libc.Read(report[0], (byte*)&failure, sizeof(int)) == sizeof(int))
        {
            _ = Libc.WaitPid(pid, out _, 0);
            error = failure;
        }

        _ = Libc.Close(report[0]);
        return error;
    }

    private static int Fork(ShellImage image, int nullDevice, int report)
    {
        var calls = NativeCalls.Find();
        var signals = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        var before = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        var none = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        _ = Libc.SigFillSet(signals);
        _ = Libc.SigEmptySet(none);
        var child = new Child(Environment.ProcessId, nullDevice, report, none, image);
        // Once without effect: what has to be compiled or looked up for the child is, before there is one.
        var harmless = NativeCalls.FindHarmless();
        Become(&harmless, &child);

        _ = Libc.SignalMask(LinuxConstants.SetSignalMask, signals, before);
        var pid = calls.Fork();
        if (pid == 0)
        {
            Become(&calls, &child);
        }

        _ = Libc.SignalMask(LinuxConstants.SetSignalMask, before, null);
        return pid;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Become(NativeCalls* calls, Child* child)
    {
        calls->Prctl(LinuxConstants.SetParentDeathSignal, PosixConstants.Sigkill);
        // It may have died before it could be watched.
        if (calls->GetParentPid() != child->Parent)
        {
            calls->Exit(1);
        }

        calls->SetSid();
        calls->Dup2(child->NullDevice, 0);
        calls->Dup2(1, 2);
        // What is ignored stays ignored across exec (the runtime ignores SIGPIPE: `yes | head` would misbehave), and what
        // is handled must not be handled here.
        for (var signal = 1; signal <= PosixConstants.LastSignal; signal++)
        {
            calls->Signal(signal, PosixConstants.DefaultAction);
        }

        calls->SignalMask(LinuxConstants.SetSignalMask, child->NoSignals, null);
        calls->Execve(child->Path, child->Arguments, child->Environment);
        calls->Write(child->Report, calls->ErrnoLocation(), sizeof(int));
        calls->Exit(127);
    }

    private readonly struct Child(int parent, int nullDevice, int report, void* noSignals, ShellImage image)
    {
        public readonly int Parent = parent;
        public readonly int NullDevice = nullDevice;
        public readonly int Report = report;
        public readonly void* NoSignals = noSignals;
        public readonly byte* Path = image.Path;
        public readonly byte** Arguments = image.Arguments;
        public readonly byte** Environment = image.Environment;
    }
}
