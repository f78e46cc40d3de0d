using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Supervision;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Windows;

/// <summary>
/// The supervisor of Windows: it puts itself into a job before it starts the shell, so that no process of the tree can be
/// outside. There is no polite request to end on Windows: a stop kills.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class JobSupervisor(JobObject job, Stream status)
{
    private const int SystemRefused = 1;

    // Windows has no signals; this is how a killed command is told everywhere else.
    private const int KilledSignal = 9;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<int, EndedProcess> _ended = [];

    /// <param name="shell">What reads the command.</param>
    /// <param name="command">What to run.</param>
    /// <param name="walls">What it may touch.</param>
    /// <param name="pipedClient">Whose end ends a piped command; null for others, which are told by the control pipe.</param>
    public static int Run(string shell, string command, CommandWalls? walls, int? pipedClient)
    {
        // The shell gets our output as its error stream too, and none of the pipes to our client.
        using var control = pipedClient is null ? Own(Kernel32.StandardInput, FileAccess.Read) : null;
        using var status = Own(Kernel32.StandardError, FileAccess.Write);
        var output = Kernel32.GetStdHandle(Kernel32.StandardOutput);
        _ = Kernel32.SetStdHandle(Kernel32.StandardError, output);
        try
        {
            var job = JobObject.AroundThisProcess();
            using var started = WalledShell.Start(ShellCommand.Start(shell, command), walls, control is null, job);
            new JobSupervisor(job, status).Supervise(started, stop => WaitForRequest(control, pipedClient, stop));
            return 0;
        }
        catch (Win32Exception e)
        {
            Write(status, new(Failed: $"{shell} could not be started: {e.Message}"));
            return SystemRefused;
        }
    }

    private static FileStream Own(int which, FileAccess access)
    {
        var handle = Kernel32.GetStdHandle(which);
        _ = Kernel32.SetHandleInformation(handle, Kernel32.Inheritable, 0);
        return new(new SafeFileHandle(handle, ownsHandle: false), access, bufferSize: 0);
    }

    private void Supervise(WalledShell shell, Action<ManualResetEventSlim> waitForRequest)
    {
        Write(status, new(Started: shell.Process.Id, Walls: shell.Standing));

        using var stop = new ManualResetEventSlim();
        if (shell.Errors is { } errors)
        {
            new Thread(() => PassOn(errors)) { IsBackground = true, Name = "errors" }.Start();
        }

        new Thread(() => waitForRequest(stop)) { IsBackground = true, Name = "control" }.Start();
        var stopped = WaitHandle.WaitAny([stop.WaitHandle, shell.Process.End]) == 0;
        if (!stopped)
        {
            // What the shell leaves behind may finish by itself.
            _ = stop.Wait(StopLadder.Settle);
        }

        KillAll();
        _ = shell.Process.End.WaitOne(StopLadder.Patience);
        Write(status, new(Exited: stopped ? new(null, Signal: KilledSignal) : new(shell.Process.ExitCode, null)));
        Write(status, new(Ended: Report()));
    }

    private void PassOn(TextReader errors)
    {
        try
        {
            while (errors.ReadLine() is { } line)
            {
                Write(status, new(Said: line + "\n"));
            }
        }
        catch (IOException)
        {
            // Whoever spoke is gone.
        }
    }

    private void KillAll()
    {
        using var pause = new ManualResetEventSlim();
        var asked = TimeProvider.System.GetTimestamp();
        while (job.OtherMembers() is { Count: > 0 } left && Elapsed(asked) < StopLadder.Patience)
        {
            left.ForEach(id => Kill(id, asked));
            _ = pause.Wait(Step);
        }
    }

    // Who is still there ends with us, when the job is closed; but that is not seen any more.
    private EndedProcess[] Report()
    {
        var survivors = job.OtherMembers();
        return
        [
            .. _ended.Values.Select(ended =>
                survivors.Contains(ended.Pid) ? ended with { How = EndedHow.Survived } : ended
            ),
        ];
    }

    // Any byte, or the end of the client.
    private static void WaitForRequest(Stream? control, int? pipedClient, ManualResetEventSlim stop)
    {
        try
        {
            if (control is not null)
            {
                _ = control.ReadByte();
            }
            else
            {
                using var client = Process.GetProcessById(pipedClient!.Value);
                client.WaitForExit();
            }
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException)
        {
            // The client is gone.
        }

        stop.Set();
    }

    private void Kill(int id, long asked)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            var name = process.ProcessName;
            process.Kill();
            _ended.TryAdd(id, new(id, name, EndedHow.Killed, (long)Elapsed(asked).TotalMilliseconds));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has gone meanwhile, or is going.
        }
    }

    private static TimeSpan Elapsed(long since) => TimeProvider.System.GetElapsedTime(since);

    private static void Write(Stream status, StatusLine line)
    {
        try
        {
            // Lines of the error stream come from other threads.
            lock (status)
            {
                status.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, StatusJson.Default.StatusLine), (byte)'\n']);
            }
        }
        catch (IOException)
        {
            // A client that is gone misses nothing.
        }
    }
}
