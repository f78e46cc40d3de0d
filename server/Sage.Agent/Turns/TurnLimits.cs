namespace Sage.Agent.Turns;

/// <summary>What a turn may spend. Checked before each model request.</summary>
/// <param name="MaxSteps">Model requests.</param>
/// <param name="MaxTokens">Input and output tokens of all requests.</param>
/// <param name="MaxDuration">Time from the start of the turn.</param>
public sealed record TurnLimits(
    int MaxSteps = TurnLimits.DefaultSteps,
    long? MaxTokens = null,
    TimeSpan? MaxDuration = null
)
{
    public const int DefaultSteps = 200;

    public static TurnLimits Default { get; } = new();
}
