using Sage.Agent.LanguageModels;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>Counts what a turn spends and says, before each request, whether that would break a limit.</summary>
/// <param name="limits">The limits; the user may raise them.</param>
/// <param name="sessionCost">US dollars of the session before this turn.</param>
/// <param name="time">The clock.</param>
internal sealed class TurnBudget(TurnLimits limits, decimal sessionCost, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private TurnLimits _limits = limits;
    private long _cached;

    public TokenUsage Used { get; private set; } = TokenUsage.Zero;

    public void Add(TokenUsage usage)
    {
        Used += usage;
        if (usage.InputTokens > 0)
        {
            // A provider that has read from its cache has kept what it read, too: the next request begins with it.
            _cached = usage.CachedInputTokens + usage.CacheWriteTokens > 0 ? usage.InputTokens : 0;
        }
    }

    /// <summary>The user lets the turn go on.</summary>
    public void Raise(TurnLimits limits) => _limits = limits;

    /// <param name="steps">Requests so far.</param>
    /// <param name="input">Tokens of the next request's input, about.</param>
    /// <param name="model">Who is asked.</param>
    /// <returns>Null when the next request breaks no limit.</returns>
    public BudgetStop? Find(int steps, long input, LanguageModel model)
    {
        var used = Used.InputTokens + Used.OutputTokens;
        return steps >= _limits.MaxSteps ? BudgetStop.Steps(_limits, steps)
            : used + input > _limits.MaxTokens ? BudgetStop.Tokens(_limits, used, input)
            : time.GetElapsedTime(_started) is var elapsed && elapsed >= _limits.MaxDuration
                ? BudgetStop.Duration(_limits, elapsed)
            : _limits is { MaxCost: null, MaxSessionCost: null } ? null
            : FindCost(input, model);
    }

    private BudgetStop? FindCost(long input, LanguageModel model)
    {
        if (model.Price is not { } price)
        {
            return BudgetStop.UnknownPrice(_limits, model.Id);
        }

        var spent = Used.Cost ?? 0;
        var next = price.CostOf(new TokenUsage(input, 0, Math.Min(_cached, input)));
        return spent + next > _limits.MaxCost ? BudgetStop.TurnCost(_limits, spent, next)
            : sessionCost + spent + next > _limits.MaxSessionCost
                ? BudgetStop.SessionCost(_limits, sessionCost + spent, next)
            : null;
    }
}
