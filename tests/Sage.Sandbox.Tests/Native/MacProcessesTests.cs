using System.Runtime.InteropServices;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Tests.Native;

/// <summary>What can be known of the process table of macOS without macOS.</summary>
public sealed class MacProcessesTests
{
    [Theory]
    [InlineData("a-longer-name-than-sixteen", "a-longer-name-th", "a-longer-name-than-sixteen")]
    [InlineData("", "sleep", "sleep")]
    public void An_entry_is_read_by_its_layout(string longName, string shortName, string expected)
    {
        var entry = new byte[136];
        MemoryMarshal.Write(entry.AsSpan(4), 2u);
        MemoryMarshal.Write(entry.AsSpan(12), 4711u);
        MemoryMarshal.Write(entry.AsSpan(16), 4700u);
        System.Text.Encoding.UTF8.GetBytes(shortName).CopyTo(entry, 48);
        System.Text.Encoding.UTF8.GetBytes(longName).CopyTo(entry, 64);
        MemoryMarshal.Write(entry.AsSpan(100), 4705u);
        MemoryMarshal.Write(entry.AsSpan(120), 1_700_000_000UL);
        MemoryMarshal.Write(entry.AsSpan(128), 250UL);

        Assert.Equal(
            new ProcessEntry(4711, expected, false, 4700, 4705, 4699, 1_700_000_000_000_250),
            MacProcesses.Parse(entry, 4699)
        );
    }

    [Fact]
    public void A_zombie_is_one()
    {
        var entry = new byte[136];
        MemoryMarshal.Write(entry.AsSpan(4), 5u);

        Assert.True(MacProcesses.Parse(entry, 1).IsZombie);
    }
}
