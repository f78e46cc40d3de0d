using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Mac;
using Sage.Sandbox.Native;
using Sage.Sandbox.Supervision.Streams;

namespace Sage.Sandbox.Supervision;

/// <summary>
/// The supervisor of Linux and macOS. On Linux it adopts every orphan of its tree and is signalled when its client dies; on
/// macOS it knows its tree by parents and by the shell's session, and learns of its client's death from the control pipe.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class PosixSupervisor
{
    /// <param name="client">Who asks.</param>
    /// <param name="shell">What reads the command.</param>
    /// <param name="command">What to run.</param>
    /// <param name="walls">What it may touch.</param>
    /// <param name="errors">Of a piped command.</param>
    public static int Run(int client, string shell, string command, WallRequest? walls, ErrorRelay? errors)
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

        var start = Start(shell, command, walls, errors?.Streams);
        errors?.ShellStarted();
        if (start.Failure is { } failure)
        {
            StatusChannel.Write(new(Failed: failure));
            return 0;
        }

        StatusChannel.Write(new(Started: start.Pid, Walls: start.Walls));
        children.Watch();
        new SupervisionLoop(start.Pid, children, errors, TimeProvider.System).Run();
        return 0;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            children.RequestStop();
        }
    }

    private static ShellStart Start(string shell, string command, WallRequest? request, ShellStreams? streams)
    {
        if (OperatingSystem.IsLinux())
        {
            return request is null
                ? StartFree(shell, command, streams)
                : LinuxWalls.Start(
                    shell,
                    command,
                    request.Walls,
                    request.Pretended ?? KernelFeatures.OfThisComputer,
                    streams
                );
        }

        string[] plain = [shell, "-c", command];
        var error = ShellSpawn.Start(
            request is null ? plain : MacWalls.Around(request.Walls, plain),
            streams,
            out var pid
        );
        return error != 0
            ? ShellStart.Failed(shell, error)
            : new(pid, null, request is null ? null : MacWalls.InForce(request.Walls));
    }

    [SupportedOSPlatform("linux")]
    private static ShellStart StartFree(string shell, string command, ShellStreams? streams)
    {
        using var nothing = new CallScript();
        var result = ShellFork.Start(shell, command, nothing, streams);
        return result.Error != 0 ? ShellStart.Failed(shell, result.Error) : new(result.Pid, null);
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
