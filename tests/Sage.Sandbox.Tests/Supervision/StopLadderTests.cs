using Microsoft.Extensions.Time.Testing;
using Sage.Sandbox.Supervision;

namespace Sage.Sandbox.Tests.Supervision;

public sealed class StopLadderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StopLadder _ladder;

    public StopLadderTests() => _ladder = new(_time);

    [Fact]
    public void A_running_command_is_not_disturbed()
    {
        After(TimeSpan.FromDays(1));

        Assert.Equal((StopPhase.Running, null), (_ladder.Phase, _ladder.Wait));
    }

    [Fact]
    public void What_the_shell_left_is_given_a_moment_then_asked_then_killed_then_given_up()
    {
        _ladder.ShellExited();
        Assert.Equal((StopPhase.Settling, StopLadder.Settle), (_ladder.Phase, _ladder.Wait));

        After(StopLadder.Settle);
        Assert.Equal(StopPhase.Terminating, _ladder.Phase);

        After(StopLadder.Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(StopPhase.Terminating, _ladder.Phase);
        Assert.Equal(TimeSpan.FromMilliseconds(1), _ladder.Wait);

        After(TimeSpan.FromMilliseconds(1));
        Assert.Equal(StopPhase.Killing, _ladder.Phase);

        After(StopLadder.Patience);
        Assert.Equal(StopPhase.GivenUp, _ladder.Phase);
    }

    [Fact]
    public void A_stop_does_not_wait_for_the_shell_to_settle()
    {
        _ladder.ShellExited();
        _ladder.Stop();

        Assert.Equal(StopPhase.Terminating, _ladder.Phase);
    }

    [Fact]
    public void The_shells_exit_does_not_slow_a_stop_down()
    {
        _ladder.Stop();
        After(TimeSpan.FromSeconds(1));
        _ladder.ShellExited();
        _ladder.Stop();
        After(TimeSpan.FromSeconds(1));

        Assert.Equal(StopPhase.Killing, _ladder.Phase);
    }

    [Fact]
    public void A_kill_skips_the_grace()
    {
        _ladder.Stop();
        _ladder.Kill();

        Assert.Equal(StopPhase.Killing, _ladder.Phase);
    }

    [Fact]
    public void Who_insists_is_heard_at_once_but_not_before_the_second_time()
    {
        _ladder.ShellExited();
        After(StopLadder.Settle);

        _ladder.Insist();
        Assert.Equal(StopPhase.Terminating, _ladder.Phase);

        _ladder.Insist();
        Assert.Equal(StopPhase.Killing, _ladder.Phase);
    }

    private void After(TimeSpan time)
    {
        _time.Advance(time);
        _ladder.Tick();
    }
}
