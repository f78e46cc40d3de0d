using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>
/// The supervisor of Linux and macOS. On Linux it adopts every orphan of its tree and is signalled when its client dies; on
/// macOS it knows its tree by parents and by the shell's session, and learns of its client's death from the control pipe.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class PosixSupervisor
{
    public static int Run(int client, string shell, string command)
    {
        var children = new ChildEvents();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        DetachFrom(client);

        // Between fork and prctl the client may have died without a signal to us.
        if (Libc.GetParentPid() != client)
        {
            return 0;
        }

        var error = OperatingSystem.IsLinux()
            ? ShellFork.Start(shell, command, out var pid)
            : ShellSpawn.Start(shell, command, out pid);
        if (error != 0)
        {
            StatusChannel.Write(new(Failed: $"{shell} could not be started: {Marshal.GetPInvokeErrorMessage(error)}."));
            return 0;
        }

        StatusChannel.Write(new(Started: pid));
        children.Watch();
        new SupervisionLoop(pid, children, TimeProvider.System).Run();
        return 0;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            children.RequestStop();
        }
    }

    private static void DetachFrom(int client)
    {
        _ = Libc.Signal(PosixConstants.Sigpipe, PosixConstants.IgnoreSignal);
        // A session of our own: a Ctrl+C in the client's terminal is the client's to handle.
        _ = Libc.SetSid();
        if (
            OperatingSystem.IsLinux()
            && (
                Libc.Prctl(LinuxConstants.SetChildSubreaper, 1, 0, 0, 0) != 0
                || Libc.Prctl(LinuxConstants.SetParentDeathSignal, PosixConstants.Sigterm, 0, 0, 0) != 0
            )
        )
        {
            throw new InvalidOperationException(
                $"Process {client} asked for a supervisor, which this kernel cannot run: {Marshal.GetLastPInvokeErrorMessage()}."
            );
        }
    }
}
