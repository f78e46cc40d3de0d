using System.Runtime.InteropServices;

namespace Sage.Sandbox.Windows;

/// <summary><c>JOBOBJECT_EXTENDED_LIMIT_INFORMATION</c>, of which only the flags are used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct JobLimits
{
    /// <summary>When the last handle of the job is closed, the kernel ends every process in it.</summary>
    public const uint KillOnClose = 0x2000;

    public long ProcessTime;
    public long JobTime;
    public uint Flags;
    public nuint SmallestWorkingSet;
    public nuint LargestWorkingSet;
    public uint ActiveProcesses;
    public nuint Affinity;
    public uint PriorityClass;
    public uint SchedulingClass;
    public ulong ReadOperations;
    public ulong WriteOperations;
    public ulong OtherOperations;
    public ulong ReadBytes;
    public ulong WrittenBytes;
    public ulong OtherBytes;
    public nuint ProcessMemory;
    public nuint JobMemory;
    public nuint PeakProcessMemory;
    public nuint PeakJobMemory;
}
