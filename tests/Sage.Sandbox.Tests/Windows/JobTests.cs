using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sage.Sandbox.Windows;

namespace Sage.Sandbox.Tests.Windows;

/// <summary>What can be known of the Windows supervisor without Windows.</summary>
public sealed class JobTests
{
    [Fact]
    public void The_limits_have_the_layout_of_the_system()
    {
        Assert.Equal(144, Unsafe.SizeOf<JobLimits>());
        Assert.Equal(16, Marshal.OffsetOf<JobLimits>(nameof(JobLimits.Flags)));
        Assert.Equal(64, Marshal.OffsetOf<JobLimits>(nameof(JobLimits.ReadOperations)));
        Assert.Equal(112, Marshal.OffsetOf<JobLimits>(nameof(JobLimits.ProcessMemory)));
    }

    [Fact]
    public void The_members_are_read_up_to_their_count()
    {
        var list = new byte[JobMembers.HeaderSize + 4 * sizeof(ulong)];
        MemoryMarshal.Write(list, 3u);
        MemoryMarshal.Write(list.AsSpan(4), 3u);
        MemoryMarshal.Write(list.AsSpan(8), 4711UL);
        MemoryMarshal.Write(list.AsSpan(16), 12UL);
        MemoryMarshal.Write(list.AsSpan(24), 99UL);

        Assert.Equal([4711, 12, 99], JobMembers.Parse(list));
    }

    [Fact]
    public void More_members_than_fit_are_no_reason_to_read_beyond()
    {
        var list = new byte[JobMembers.HeaderSize + sizeof(ulong)];
        MemoryMarshal.Write(list.AsSpan(4), 1000u);
        MemoryMarshal.Write(list.AsSpan(8), 7UL);

        Assert.Equal([7], JobMembers.Parse(list));
    }

    [Fact]
    public void Each_shell_gets_the_command_as_it_was_written()
    {
        Assert.Equal(["-c", "echo \"a b\""], ShellCommand.Start("C:/Git/bin/sh.exe", "echo \"a b\"").ArgumentList);
        Assert.Equal("/d /s /c \"echo \"a b\"\"", ShellCommand.Start("cmd.exe", "echo \"a b\"").Arguments);
    }
}
