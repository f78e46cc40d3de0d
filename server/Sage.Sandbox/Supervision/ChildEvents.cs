using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>What happens to our children, as messages in a pipe that can be polled together with the control pipe.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe class ChildEvents
{
    private readonly int _write;

    public ChildEvents()
    {
        var ends = stackalloc int[2];
        // Without the flag, macOS closes descriptors in what is spawned all the same: see PosixConstants.SpawnSetSession.
        var made = OperatingSystem.IsLinux() ? Libc.Pipe2(ends, PosixConstants.CloseOnExec) : Libc.Pipe(ends);
        if (made != 0)
        {
            throw new InvalidOperationException($"No pipe: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        (Descriptor, _write) = (ends[0], ends[1]);
    }

    /// <summary>Readable when there is a message.</summary>
    public int Descriptor { get; }

    /// <summary>Starts to reap, once there is a child; ends when there is none any more.</summary>
    public void Watch()
    {
        // A thread that waits: SIGCHLD cannot be handled in managed code, and polling would keep an idle machine awake.
        new Thread(Reap, 128 * 1024) { IsBackground = true, Name = "reaper" }.Start();
    }

    /// <summary>Tells the loop to stop the tree; callable from any thread.</summary>
    public void RequestStop() => Send(new(ChildEventKind.StopRequested, 0, 0));

    /// <summary>The next message; waits for one.</summary>
    public ChildEvent Receive()
    {
        ChildEvent message;
        while (Libc.Read(Descriptor, (byte*)&message, (nuint)sizeof(ChildEvent)) != sizeof(ChildEvent)) { }

        return message;
    }

    // On Linux ECHILD is the proof that the tree is gone: whatever a descendant leaves behind is handed to us, the subreaper.
    private void Reap()
    {
        while (true)
        {
            var pid = Libc.WaitPid(-1, out var status, 0);
            if (pid > 0)
            {
                Send(new(ChildEventKind.Exited, pid, status));
            }
            else if (Marshal.GetLastPInvokeError() != PosixConstants.Eintr)
            {
                Send(new(ChildEventKind.NoneLeft, 0, 0));
                return;
            }
        }
    }

    // Messages are far shorter than PIPE_BUF, so each is written whole.
    private void Send(ChildEvent message)
    {
        while (
            Libc.Write(_write, (byte*)&message, (nuint)sizeof(ChildEvent)) < 0
            && Marshal.GetLastPInvokeError() == PosixConstants.Eintr
        ) { }
    }
}

/// <param name="Kind">What happened.</param>
/// <param name="Pid">To whom.</param>
/// <param name="Status">As <c>waitpid</c> gives it.</param>
internal readonly record struct ChildEvent(ChildEventKind Kind, int Pid, int Status)
{
    public int? ExitCode => (Status & 0x7f) == 0 ? (Status >> 8) & 0xff : null;
    public int? Signal => (Status & 0x7f) is not 0 and var signal ? signal : null;
}

internal enum ChildEventKind
{
    Exited,

    /// <summary>No child is left, and none can come.</summary>
    NoneLeft,
    StopRequested,
}
