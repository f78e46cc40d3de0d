using Sage.Protocol.Events;
using Sage.Sandbox.Commands;
using Sage.Tools.Shell;

namespace Sage.Tools.Tests.Shell;

public sealed class CommandReportTests
{
    private static readonly CommandExit Exit = new(0, null, [], TimeSpan.FromSeconds(3.21));

    [Fact]
    public void A_long_silence_before_a_timeout_is_said()
    {
        var quiet = CommandReport.TimedOut("up\n", TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(119));
        var busy = CommandReport.TimedOut("up\n", TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(3));

        Assert.Equal(
            "up\n\n[timed out after 120 s: it was stopped, with everything it had started; it had said nothing for 119 s]\n"
                + "[what is meant to go on running needs background: true]",
            quiet.Text
        );
        Assert.DoesNotContain("said nothing", busy.Text, StringComparison.Ordinal);
        Assert.Equal(ToolCallStatus.TimedOut, quiet.Status);
    }

    [Fact]
    public void Nothing_said_is_said() =>
        Assert.Equal("(no output)\n\n[exit code 0, 3.2 s]", CommandReport.Ended("", Exit, []).Text);

    [Fact]
    public void A_process_that_would_not_end_is_named() =>
        Assert.Contains(
            "[1 background process was NOT ended, the system refused: sudo]",
            CommandReport.Ended("", Exit with { Ended = [new(7, "sudo", EndedHow.Survived, 5_000)] }, []).Text,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("40 ms", 0.04)]
    [InlineData("3.2 s", 3.21)]
    [InlineData("60 s", 60)]
    [InlineData("600 s", 600)]
    public void Times_are_short(string text, double seconds) =>
        Assert.Equal(text, CommandReport.Seconds(TimeSpan.FromSeconds(seconds)));
}
