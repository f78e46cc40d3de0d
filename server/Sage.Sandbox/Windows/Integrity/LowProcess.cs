using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sage.Sandbox.Windows.Integrity;

/// <summary>Starts a program under a token, as <see cref="Process.Start(ProcessStartInfo)"/> cannot without a password.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class LowProcess
{
    /// <param name="token">Who it is.</param>
    /// <param name="start">What to start, with which environment.</param>
    /// <param name="streams">Its three streams; handles that can be inherited.</param>
    /// <exception cref="Win32Exception">It does not start.</exception>
    public static ShellProcess Start(
        SafeFileHandle token,
        ProcessStartInfo start,
        (nint Input, nint Output, nint Error) streams
    )
    {
        var startup = new StartupInformation
        {
            Size = (uint)sizeof(StartupInformation),
            Flags = StartupInformation.UseStreams,
            Input = streams.Input,
            Output = streams.Output,
            Error = streams.Error,
        };
        ProcessInformation process;
        // The system writes into the command line.
        var line = (CommandText.Line(start) + '\0').ToCharArray();
        fixed (char* lineText = line)
        fixed (char* environment = CommandText.Environment(start.Environment))
        {
            if (
                !Advapi32.CreateProcessAsUser(
                    token,
                    0,
                    lineText,
                    0,
                    0,
                    inheritsHandles: true,
                    Advapi32.NoWindow | Advapi32.UnicodeEnvironment,
                    environment,
                    0,
                    &startup,
                    &process
                )
            )
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            }
        }

        _ = Kernel32.CloseHandle(process.Thread);
        return new((int)process.ProcessId, new SafeProcessHandle(process.Process, ownsHandle: true));
    }
}
