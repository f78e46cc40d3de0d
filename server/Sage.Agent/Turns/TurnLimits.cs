namespace Sage.Agent.Turns;

/// <summary>What a turn may spend, checked before each model request, and what it may leave behind.</summary>
/// <param name="MaxSteps">Model requests.</param>
/// <param name="MaxTokens">Input and output tokens of all requests.</param>
/// <param name="MaxDuration">Time from the start of the turn.</param>
/// <param name="MaxCost">US dollars.</param>
/// <param name="MaxSessionCost">US dollars of all turns of the session.</param>
public sealed record TurnLimits(
    int MaxSteps = TurnLimits.DefaultSteps,
    long? MaxTokens = null,
    TimeSpan? MaxDuration = null,
    decimal? MaxCost = null,
    decimal? MaxSessionCost = null
)
{
    public const int DefaultSteps = 200;

    /// <summary>What runs in the background ends with the turn: nobody is there to see it afterwards.</summary>
    public bool LeavesNothingRunning { get; init; }

    public static TurnLimits Default { get; } = new();
}
