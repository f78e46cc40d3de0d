using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sage.Sandbox.Windows;

/// <summary>
/// The job that this process is in, with everything it starts from now on. It is kept by one handle, which nobody inherits:
/// however this process ends, the kernel ends the rest.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class JobObject
{
    private const int FirstRoom = 256;
    private const uint AllUiLimits = 0xFF; // every JOB_OBJECT_UILIMIT_*
    private readonly SafeFileHandle _job;

    private JobObject(SafeFileHandle job) => _job = job;

    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static JobObject AroundThisProcess()
    {
        var job = Kernel32.CreateJobObject(0, 0);
        var limits = new JobLimits { Flags = JobLimits.KillOnClose };
        if (
            job.IsInvalid
            || !Kernel32.SetInformationJobObject(job, Kernel32.ExtendedLimits, &limits, sizeof(JobLimits))
            || !Kernel32.AssignProcessToJobObject(job, Kernel32.GetCurrentProcess())
        )
        {
            throw new Win32Exception();
        }

        return new(job);
    }

    /// <summary>From now on nobody in the job reads the clipboard, sends to windows of others or ends the user's session.</summary>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public void KeepToItself()
    {
        var limits = AllUiLimits;
        if (!Kernel32.SetInformationJobObject(_job, Kernel32.UiLimits, &limits, sizeof(uint)))
        {
            throw new Win32Exception();
        }
    }

    /// <summary>The ids of everybody else in the job.</summary>
    public List<int> OtherMembers()
    {
        for (var room = FirstRoom; ; room *= 2)
        {
            var bytes = new byte[JobMembers.HeaderSize + room * sizeof(nint)];
            fixed (byte* start = bytes)
            {
                var known = Kernel32.QueryInformationJobObject(_job, Kernel32.ProcessIds, start, bytes.Length, 0);
                if (known || Marshal.GetLastPInvokeError() != JobMembers.MoreThanFit)
                {
                    return [.. JobMembers.Parse(bytes).Where(id => id != Environment.ProcessId)];
                }
            }
        }
    }
}
