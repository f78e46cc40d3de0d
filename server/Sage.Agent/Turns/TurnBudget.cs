using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>Counts what a turn spends and says, before each request, which limit is reached.</summary>
internal sealed class TurnBudget(TurnLimits limits, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public TokenUsage Used { get; private set; } = TokenUsage.Zero;

    public void Add(TokenUsage usage) => Used += usage;

    public TurnOutcome? Exceeded(int steps)
    {
        if (steps >= limits.MaxSteps)
        {
            return TurnOutcome.MaxSteps;
        }

        var outOfTokens = Used.InputTokens + Used.OutputTokens >= limits.MaxTokens;
        var outOfTime = time.GetElapsedTime(_started) >= limits.MaxDuration;
        return outOfTokens || outOfTime ? TurnOutcome.BudgetExceeded : null;
    }
}
