using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Supervision.Streams;

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
    /// output and its error stream, unless other streams are named, and dies with the calling thread.
    /// </summary>
    /// <param name="preparation">System calls that the child makes before it becomes the shell.</param>
    /// <param name="shell">Its path.</param>
    /// <param name="command">What it runs.</param>
    /// <param name="streams">What it gets in place of nothing and of our output.</param>
    public static ForkResult Start(string shell, string command, CallScript preparation, ShellStreams? streams = null)
    {
        using var image = new ShellImage(shell, command);
        var report = stackalloc int[2];
        var nullDevice = Libc.Open("/dev/null", PosixConstants.ReadOnly | PosixConstants.CloseOnExec, 0);
        if (nullDevice < 0 || Libc.Pipe2(report, PosixConstants.CloseOnExec) != 0)
        {
            return new(0, Marshal.GetLastPInvokeError());
        }

        var pid = Fork(image, preparation, streams ?? new ShellStreams(nullDevice, Error: 1), report[1]);
        var result = new ForkResult(pid, pid < 0 ? Marshal.GetLastSystemError() : 0);
        _ = Libc.Close(nullDevice);
        _ = Libc.Close(report[1]);
        // Nothing to read is the good news: the pipe was closed by exec.
        Failure failure;
        if (Libc.Read(report[0], (byte*)&failure, (nuint)sizeof(Failure)) == sizeof(Failure))
        {
            _ = Libc.WaitPid(pid, out _, 0);
            result = new(0, failure.Error, failure.Step);
        }

        _ = Libc.Close(report[0]);
        return result;
    }

    private static int Fork(ShellImage image, CallScript preparation, ShellStreams streams, int report)
    {
        var calls = NativeCalls.Find();
        var signals = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        var before = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        var none = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        _ = Libc.SigFillSet(signals);
        _ = Libc.SigEmptySet(none);
        var child = new Child(Environment.ProcessId, streams, report, none, image, preparation);
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
        calls->Dup2(child->Input, 0);
        calls->Dup2(child->Error, 2);
        // What is ignored stays ignored across exec (the runtime ignores SIGPIPE: `yes | head` would misbehave), and what
        // is handled must not be handled here.
        for (var signal = 1; signal <= PosixConstants.LastSignal; signal++)
        {
            calls->Signal(signal, PosixConstants.DefaultAction);
        }

        calls->SignalMask(LinuxConstants.SetSignalMask, child->NoSignals, null);
        var step = Prepare(calls, child);
        if (step == ForkResult.Shell)
        {
            calls->Execve(child->Path, child->Arguments, child->Environment);
        }

        var failure = new Failure { Error = *(int*)calls->ErrnoLocation(), Step = step };
        calls->Write(child->Report, &failure, sizeof(Failure));
        calls->Exit(127);
    }

    /// <returns>The call that failed; <see cref="ForkResult.Shell"/> when none did.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Prepare(NativeCalls* calls, Child* child)
    {
        nint last = 0;
        for (var index = 0; index < child->PreparationCount; index++)
        {
            var call = child->Preparation + index;
            var again = call->First == CallScript.LastResult;
            var first = again ? last : call->First;
            var result = calls->SystemCall(call->Number, first, call->Second, call->Third, call->Fourth, call->Fifth);
            if (result < 0)
            {
                return index;
            }

            last = again ? last : result;
        }

        return ForkResult.Shell;
    }

    private struct Failure
    {
        public int Error;
        public int Step;
    }

    private readonly struct Child(
        int parent,
        ShellStreams streams,
        int report,
        void* noSignals,
        ShellImage image,
        CallScript preparation
    )
    {
        public readonly int Parent = parent;
        public readonly int Input = streams.Input;
        public readonly int Error = streams.Error;
        public readonly int Report = report;
        public readonly void* NoSignals = noSignals;
        public readonly byte* Path = image.Path;
        public readonly byte** Arguments = image.Arguments;
        public readonly byte** Environment = image.Environment;
        public readonly PreparedCall* Preparation = preparation.Calls;
        public readonly int PreparationCount = preparation.Count;
    }
}

/// <summary>What became of a fork.</summary>
/// <param name="Pid">The shell; 0 when there is none.</param>
/// <param name="Error">0, or an errno.</param>
/// <param name="Step">What failed: a call of the preparation, by its place, or the shell itself.</param>
internal readonly record struct ForkResult(int Pid, int Error, int Step = ForkResult.Shell)
{
    public const int Shell = -1;
}
