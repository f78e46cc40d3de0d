using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sage.Sandbox.Walls;
using Sage.Sandbox.Windows;
using Sage.Sandbox.Windows.Integrity;

namespace Sage.Sandbox.Tests.Windows.Integrity;

public sealed class IntegrityLevelTests
{
    [Theory]
    [InlineData("S:(ML;OICI;NW;;;LW)", true)]
    [InlineData("S:AI(ML;OICIID;NW;;;LW)", true)]
    [InlineData("S:(ML;;NWNR;;;LW)", true)]
    [InlineData("S:(ML;OICIIO;NW;;;LW)", false)] // only for what is below
    [InlineData("S:(ML;OICI;NR;;;LW)", false)] // against reading
    [InlineData("S:(ML;OICI;NW;;;ME)", false)]
    [InlineData("S:(AU;SA;NW;;;LW)", false)]
    [InlineData("S:", false)]
    [InlineData("", false)]
    public void A_label_is_recognised(string label, bool isLow) => Assert.Equal(isLow, IntegrityLevel.Low.Is(label));

    [Fact]
    public void A_label_that_was_set_is_recognised()
    {
        Assert.True(IntegrityLevel.Low.Is(IntegrityLevel.Low.Label));
        Assert.True(IntegrityLevel.Medium.Is(IntegrityLevel.Medium.Label));
        Assert.False(IntegrityLevel.Medium.Is(IntegrityLevel.Low.Label));
    }

    [Fact]
    public void The_identifier_of_the_level_is_the_system_s() =>
        // S-1-16-4096
        Assert.Equal("010100000000001000100000", Convert.ToHexString(IntegrityLevel.Low.ToSid()));

    [Fact]
    public void The_structures_have_the_layout_of_the_system()
    {
        Assert.Equal(104, Unsafe.SizeOf<StartupInformation>());
        Assert.Equal(60, Marshal.OffsetOf<StartupInformation>(nameof(StartupInformation.Flags)));
        Assert.Equal(80, Marshal.OffsetOf<StartupInformation>(nameof(StartupInformation.Input)));
        Assert.Equal(24, Unsafe.SizeOf<ProcessInformation>());
        Assert.Equal(16, Marshal.OffsetOf<ProcessInformation>(nameof(ProcessInformation.ProcessId)));
        Assert.Equal(16, Unsafe.SizeOf<TokenLabel>());
    }

    [Fact]
    public void What_Windows_cannot_wall_is_said()
    {
        Assert.Single(WindowsWalls.Standing(new CommandWalls()).Missing);
        var off = WindowsWalls.Standing(new CommandWalls { Network = NetworkAccess.Off });

        Assert.Equal((FileWall.Labels, false), (off.Files, off.NetworkOff));
        Assert.Contains(off.Missing, sentence => sentence.Contains("network", StringComparison.Ordinal));
        Assert.Equal(off.Missing.ToArray(), WindowsWalls.Support.Missing.ToArray());
    }

    [Fact]
    public void Walls_that_do_not_stand_are_not_claimed()
    {
        var failed = WindowsWalls.Failed("Access is denied.");

        Assert.Equal((FileWall.None, false), (failed.Files, failed.NetworkOff));
        Assert.EndsWith("Access is denied.", Assert.Single(failed.Missing), StringComparison.Ordinal);
    }
}
