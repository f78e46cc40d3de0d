using System.ComponentModel;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sage.Sandbox.Windows;

/// <summary>The shell of a command, however it was started.</summary>
[SupportedOSPlatform("windows")]
internal sealed class ShellProcess(int id, SafeProcessHandle handle) : IDisposable
{
    public int Id => id;

    /// <summary>Set when it has ended.</summary>
    public WaitHandle End { get; } = new ProcessEnd(handle);

    /// <summary>Read when it has ended.</summary>
    public int ExitCode =>
        Kernel32.GetExitCodeProcess(handle, out var code) ? unchecked((int)code) : throw new Win32Exception();

    public void Dispose()
    {
        End.Dispose();
        handle.Dispose();
    }

    /// <summary>A process's end as something to wait for together with other things.</summary>
    private sealed class ProcessEnd : WaitHandle
    {
        public ProcessEnd(SafeProcessHandle process) =>
            SafeWaitHandle = new SafeWaitHandle(process.DangerousGetHandle(), ownsHandle: false);
    }
}
