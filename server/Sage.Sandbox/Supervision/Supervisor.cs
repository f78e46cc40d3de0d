using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>
/// The program behind <c>sage supervise</c>: runs one shell command and guarantees that nothing it started outlives it, nor
/// outlives the process that asked for it. Linux only.
/// </summary>
/// <remarks>
/// Standard input is the control pipe (a byte stops, a second one kills, end of file stops), standard output is the command's
/// own, standard error carries <see cref="StatusLine"/>s.
/// </remarks>
public static class Supervisor
{
    /// <summary>The verb that makes our executable a supervisor.</summary>
    public const string Verb = "supervise";

    private const int UsageError = 2;

    /// <param name="args">The client's process id, the shell, and the command.</param>
    /// <returns>0 when the command was run, however it ended; the status channel has the details.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (
            !OperatingSystem.IsLinux()
            || args.Length != 3
            || !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var client)
        )
        {
            return UsageError;
        }

        return Supervise(client, args[1], args[2]);
    }

    [SupportedOSPlatform("linux")]
    private static int Supervise(int client, string shell, string command)
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

        var error = ShellSpawn.Start(shell, command, out var pid);
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

    [SupportedOSPlatform("linux")]
    private static void DetachFrom(int client)
    {
        _ = Libc.Signal(LinuxConstants.Sigpipe, LinuxConstants.IgnoreSignal);
        // A session of our own: a Ctrl+C in the client's terminal is the client's to handle.
        _ = Libc.SetSid();
        if (
            Libc.Prctl(LinuxConstants.SetChildSubreaper, 1, 0, 0, 0) != 0
            || Libc.Prctl(LinuxConstants.SetParentDeathSignal, LinuxConstants.Sigterm, 0, 0, 0) != 0
        )
        {
            throw new InvalidOperationException(
                $"Process {client} asked for a supervisor, which this kernel cannot run: {Marshal.GetLastPInvokeErrorMessage()}."
            );
        }
    }
}
