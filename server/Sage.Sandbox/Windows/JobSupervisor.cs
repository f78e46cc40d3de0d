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
            new JobSupervisor(JobObject.AroundThisProcess(), status).Supervise(
                Start(shell, command, control),
                walls,
                stop => WaitForRequest(control, pipedClient, stop)
            );
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

    /// <param name="control">Null when our input is the command's, and its error stream is passed on as text.</param>
    private static ProcessStartInfo Start(string shell, string command, Stream? control)
    {
        var start = ShellCommand.Start(shell, command);
        start.RedirectStandardInput = control is not null;
        start.RedirectStandardError = control is null;
        start.CreateNoWindow = true;
        return start;
    }

    private void Supervise(ProcessStartInfo start, CommandWalls? walls, Action<ManualResetEventSlim> waitForRequest)
    {
        using var process = Process.Start(start)!;
        if (start.RedirectStandardInput)
        {
            // Its input is at its end from the beginning.
            process.StandardInput.Close();
        }
        Write(status, new(Started: process.Id, Walls: walls is null ? null : WindowsWalls.InForce));

        using var stop = new ManualResetEventSlim();
        if (start.RedirectStandardError)
        {
            process.ErrorDataReceived += (_, said) =>
                Write(status, new(Said: said.Data is { } line ? line + "\n" : ""));
            process.BeginErrorReadLine();
        }

        new Thread(() => waitForRequest(stop)) { IsBackground = true, Name = "control" }.Start();
        var stopped = WaitHandle.WaitAny([stop.WaitHandle, new ProcessExit(process)]) == 0;
        if (!stopped)
        {
            // What the shell leaves behind may finish by itself.
            _ = stop.Wait(StopLadder.Settle);
        }

        KillAll();
        process.WaitForExit(StopLadder.Patience);
        Write(status, new(Exited: stopped ? new(null, Signal: KilledSignal) : new(process.ExitCode, null)));
        Write(status, new(Ended: Report()));
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

    /// <summary>A process's end as something to wait for together with other things.</summary>
    private sealed class ProcessExit : WaitHandle
    {
        public ProcessExit(Process process) => SafeWaitHandle = new SafeWaitHandle(process.Handle, ownsHandle: false);
    }
}
