using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Text;
using Sage.Sandbox.Walls;
using Sage.Sandbox.Windows.Integrity;

namespace Sage.Sandbox.Windows;

/// <summary>A command that was started, with the walls that were asked for as far as they could be had.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WalledShell : IDisposable
{
    private IntegrityWalls? _walls;

    private WalledShell(ShellProcess process, WallsInForce? standing, TextReader? errors) =>
        (Process, Standing, Errors) = (process, standing, errors);

    public ShellProcess Process { get; }

    /// <summary>Null when none were asked for.</summary>
    public WallsInForce? Standing { get; }

    /// <summary>What a piped command says on its error stream.</summary>
    public TextReader? Errors { get; }

    /// <param name="start">What to run.</param>
    /// <param name="wanted">The walls around it; null for none.</param>
    /// <param name="isPiped">Whether our input is the command's, and its error stream is to be read.</param>
    /// <param name="job">The job that it will be in.</param>
    /// <exception cref="Win32Exception">It cannot be started, not even without walls.</exception>
    public static WalledShell Start(ProcessStartInfo start, CommandWalls? wanted, bool isPiped, JobObject job)
    {
        start.RedirectStandardInput = !isPiped;
        start.RedirectStandardError = isPiped;
        start.CreateNoWindow = true;
        if (wanted is null)
        {
            return Plain(start, standing: null);
        }

        IntegrityWalls? walls = null;
        try
        {
            walls = IntegrityWalls.Around(wanted);
            job.KeepToItself();
            var (process, errors) = Inside(walls, start, isPiped);
            return new(process, WindowsWalls.Standing(wanted), errors) { _walls = walls };
        }
        catch (Exception e)
            when (e is Win32Exception or UnwallableException or IOException or UnauthorizedAccessException)
        {
            walls?.Dispose();
            return Plain(start, WindowsWalls.Failed(e.Message));
        }
    }

    public void Dispose()
    {
        Process.Dispose();
        _walls?.Dispose();
    }

    private static WalledShell Plain(ProcessStartInfo start, WallsInForce? standing)
    {
        var process = System.Diagnostics.Process.Start(start)!;
        if (start.RedirectStandardInput)
        {
            // Its input is at its end from the beginning.
            process.StandardInput.Close();
        }

        return new(
            new(process.Id, process.SafeHandle),
            standing,
            start.RedirectStandardError ? process.StandardError : null
        );
    }

    private static (ShellProcess, TextReader?) Inside(IntegrityWalls walls, ProcessStartInfo start, bool isPiped)
    {
        var output = Kernel32.GetStdHandle(Kernel32.StandardOutput);
        if (!isPiped)
        {
            // A pipe without anybody at its other end is an input at its end.
            using var nothing = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var input = nothing.ClientSafePipeHandle.DangerousGetHandle();
            return (walls.Start(start, (input, output, output)), null);
        }

        var errors = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        var own = Kernel32.GetStdHandle(Kernel32.StandardInput);
        var process = walls.Start(start, (own, output, errors.ClientSafePipeHandle.DangerousGetHandle()));
        errors.DisposeLocalCopyOfClientHandle();
        return (process, new StreamReader(errors, Encoding.UTF8));
    }
}
