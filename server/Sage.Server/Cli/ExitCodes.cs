using Sage.Protocol;
using Sage.Protocol.Turns;

namespace Sage.Server.Cli;

/// <summary>What the process reports to its caller; scripts rely on it.</summary>
internal static class ExitCodes
{
    public const int Completed = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int LimitReached = 3;
    public const int Interrupted = 130;

    public static int Of(TurnOutcome outcome) =>
        outcome switch
        {
            TurnOutcome.Completed => Completed,
            TurnOutcome.Interrupted => Interrupted,
            TurnOutcome.BudgetExceeded or TurnOutcome.MaxSteps => LimitReached,
            _ => Failed,
        };

    /// <summary>A mistake of the caller is a usage error; trouble with the disk is a failure.</summary>
    public static int Of(SageException error) => error.Code == ErrorCodes.StorageFailed ? Failed : Usage;
}
