using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Sage.Sandbox.Native;

/// <summary>System calls as bare pointers: calling one involves the runtime in nothing.</summary>
[SupportedOSPlatform("linux")]
internal unsafe struct NativeCalls
{
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<int> Fork;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint, int> Prctl;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<int> GetParentPid;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<int> SetSid;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<int, int, int> Dup2;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<int, nint, nint> Signal;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<int, void*, void*, int> SignalMask;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint, nint, nint, nint, nint, nint> SystemCall;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, byte**, byte**, int> Execve;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<int, void*, nint, nint> Write;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<void*> ErrnoLocation;
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<int, void> Exit;

    /// <summary>The C library's own.</summary>
    public static NativeCalls Find() => Find(static name => name);

    /// <summary>The same signatures, but each call that does anything only asks for the process id, whatever it is given.</summary>
    public static NativeCalls FindHarmless() => Find(static name => name == ErrorNumber ? name : "getpid");

    private const string ErrorNumber = "__errno_location";

    private static NativeCalls Find(Func<string, string> nameOf)
    {
        var library = NativeLibrary.GetMainProgramHandle();
        return new NativeCalls
        {
            Fork = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int>)Export("fork"),
            Prctl = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint, int>)Export("prctl"),
            GetParentPid = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int>)Export("getppid"),
            SetSid = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int>)Export("setsid"),
            Dup2 = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int, int, int>)Export("dup2"),
            Signal = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int, nint, nint>)Export("signal"),
            SignalMask = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int, void*, void*, int>)Export(
                "pthread_sigmask"
            ),
            SystemCall = (delegate* unmanaged[Cdecl, SuppressGCTransition]<
                nint,
                nint,
                nint,
                nint,
                nint,
                nint,
                nint>)Export("syscall"),
            Execve = (delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, byte**, byte**, int>)Export("execve"),
            Write = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int, void*, nint, nint>)Export("write"),
            ErrnoLocation = (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*>)Export(ErrorNumber),
            Exit = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int, void>)Export("_exit"),
        };

        nint Export(string name) => NativeLibrary.GetExport(library, nameOf(name));
    }
}
