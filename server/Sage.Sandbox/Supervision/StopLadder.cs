namespace Sage.Sandbox.Supervision;

/// <summary>How insistent the supervisor is, and until when. Pure: it only knows the time.</summary>
internal sealed class StopLadder(TimeProvider time)
{
    /// <summary>What the shell leaves behind may finish by itself for so long: <c>&gt;(tee log)</c> needs it.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    /// <summary>From SIGTERM to SIGKILL.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>For so long SIGKILL is repeated before survivors are reported.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan OrphanInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan KillInterval = TimeSpan.FromMilliseconds(10);

    private long _since = time.GetTimestamp();
    private bool _asked;

    public StopPhase Phase { get; private set; } = StopPhase.Running;

    /// <summary>How long the loop may sleep; null while nothing has to end.</summary>
    public TimeSpan? Wait =>
        Phase switch
        {
            StopPhase.Settling => Positive(Settle - Elapsed),
            StopPhase.Terminating => Min(OrphanInterval, Positive(Grace - Elapsed)),
            StopPhase.Killing => KillInterval,
            _ => null,
        };

    /// <summary>The shell has ended by itself.</summary>
    public void ShellExited() => Raise(StopPhase.Settling);

    /// <summary>Somebody wants it to end.</summary>
    public void Stop() => Raise(StopPhase.Terminating);

    /// <summary>Somebody wants it to end now.</summary>
    public void Kill() => Raise(StopPhase.Killing);

    /// <summary>Somebody wants it to end: the first time it is asked to, the second time there is no more asking.</summary>
    public void Insist()
    {
        if (_asked)
        {
            Kill();
        }

        _asked = true;
        Stop();
    }

    /// <summary>Climbs when a step has had its time.</summary>
    public void Tick()
    {
        if (Phase == StopPhase.Settling && Elapsed >= Settle)
        {
            Raise(StopPhase.Terminating);
        }
        else if (Phase == StopPhase.Terminating && Elapsed >= Grace)
        {
            Raise(StopPhase.Killing);
        }
        else if (Phase == StopPhase.Killing && Elapsed >= Patience)
        {
            Raise(StopPhase.GivenUp);
        }
    }

    private TimeSpan Elapsed => time.GetElapsedTime(_since);

    // Only ever upwards.
    private void Raise(StopPhase phase)
    {
        if (phase > Phase)
        {
            (Phase, _since) = (phase, time.GetTimestamp());
        }
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

/// <summary>The rungs of the ladder, in order.</summary>
internal enum StopPhase
{
    Running,
    Settling,
    Terminating,
    Killing,
    GivenUp,
}
