using Sage.Agent.LanguageModels;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>Counts what a turn spends and says, before each request, whether that would break a limit.</summary>
/// <param name="limits">The limits; the user may raise them.</param>
/// <param name="sessionCost">US dollars of the session until now; sub-agents of earlier turns may still spend some.</param>
/// <param name="time">The clock.</param>
internal sealed class TurnBudget(TurnLimits limits, Func<decimal> sessionCost, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private TurnLimits _limits = limits;
    private readonly Lock _gate = new();
    private TurnBudget? _parent;
    private TokenUsage _used = TokenUsage.Zero;
    private int _ownSteps;
    private int _stepsOfSubagents;
    private long _cached;

    public TokenUsage Used
    {
        get
        {
            lock (_gate)
            {
                return _used;
            }
        }
    }

    /// <summary>A budget inside this one: what it spends is spent here too, and no limit here is broken there.</summary>
    /// <param name="steps">Its own limit of requests.</param>
    public TurnBudget ForSubagent(int steps) => new(new TurnLimits(steps), sessionCost, time) { _parent = this };

    /// <summary>A model request was answered.</summary>
    public void AddStep(TokenUsage usage)
    {
        Add(usage);
        _parent?.AddStepOfSubagent();
    }

    private void AddStepOfSubagent() => Interlocked.Increment(ref _stepsOfSubagents);

    public void Add(TokenUsage usage)
    {
        Spend(usage);
        if (usage.InputTokens > 0)
        {
            // A provider that has read from its cache has kept what it read, too: the next request begins with it.
            _cached = usage.CachedInputTokens + usage.CacheWriteTokens > 0 ? usage.InputTokens : 0;
        }
    }

    /// <summary>A request beside the conversation was answered.</summary>
    public void AddBeside(TokenUsage usage) => Spend(usage);

    /// <summary>Whether a request beside the conversation would break a limit. It is no step of the turn.</summary>
    /// <returns>Null when it would not.</returns>
    public BudgetStop? FindBeside(long input, LanguageModel model) =>
        FindSpent(input, model, cached: 0) ?? _parent?.FindBeside(input, model);

    /// <summary>The user lets the turn go on.</summary>
    public void Raise(TurnLimits limits) => _limits = limits;

    /// <param name="steps">Requests so far.</param>
    /// <param name="input">Tokens of the next request's input, about.</param>
    /// <param name="model">Who is asked.</param>
    /// <returns>Null when the next request breaks no limit.</returns>
    public BudgetStop? Find(int steps, long input, LanguageModel model)
    {
        Volatile.Write(ref _ownSteps, steps + 1);
        return Find(steps, input, model, _cached) ?? _parent?.FindForSubagent(input, model, _cached);
    }

    private BudgetStop? FindForSubagent(long input, LanguageModel model, long cached) =>
        Find(Volatile.Read(ref _ownSteps), input, model, cached);

    private void Spend(TokenUsage usage)
    {
        lock (_gate)
        {
            _used += usage;
        }

        _parent?.Spend(usage);
    }

    private BudgetStop? Find(int ownSteps, long input, LanguageModel model, long cached)
    {
        var steps = ownSteps + Volatile.Read(ref _stepsOfSubagents);
        return steps >= _limits.MaxSteps ? BudgetStop.Steps(_limits, steps) : FindSpent(input, model, cached);
    }

    private BudgetStop? FindSpent(long input, LanguageModel model, long cached)
    {
        var used = Used.InputTokens + Used.OutputTokens;
        return used + input > _limits.MaxTokens ? BudgetStop.Tokens(_limits, used, input)
            : time.GetElapsedTime(_started) is var elapsed && elapsed >= _limits.MaxDuration
                ? BudgetStop.Duration(_limits, elapsed)
            : _limits is { MaxCost: null, MaxSessionCost: null } ? null
            : FindCost(input, model, cached);
    }

    private BudgetStop? FindCost(long input, LanguageModel model, long cached)
    {
        if (model.Price is not { } price)
        {
            return BudgetStop.UnknownPrice(_limits, model.Id);
        }

        var spent = Used.Cost ?? 0;
        var next = price.CostOf(new TokenUsage(input, 0, Math.Min(cached, input)));
        return spent + next > _limits.MaxCost ? BudgetStop.TurnCost(_limits, spent, next)
            : sessionCost() is var before && before + next > _limits.MaxSessionCost
                ? BudgetStop.SessionCost(_limits, before, next)
            : null;
    }
}
