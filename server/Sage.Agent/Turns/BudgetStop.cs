using System.Globalization;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>The next model request would break a limit.</summary>
/// <param name="End">How the turn ends when the limit stays.</param>
/// <param name="Reason">What is spent, and of what.</param>
/// <param name="Offer">What would let it go on: <c>Raise it to $1.00</c>.</param>
/// <param name="Raised">The limits after that.</param>
internal sealed record BudgetStop(TurnEnd End, string Reason, string Offer, TurnLimits Raised)
{
    public static BudgetStop Steps(TurnLimits limits, int steps) =>
        new(
            new TurnEnd(TurnOutcome.MaxSteps),
            Format($"This turn has made {steps} requests to the model, which is its limit."),
            Format($"{TurnLimits.DefaultSteps} more requests"),
            limits with
            {
                MaxSteps = steps + TurnLimits.DefaultSteps,
            }
        );

    public static BudgetStop Tokens(TurnLimits limits, long used, long next)
    {
        var raised = Math.Max(limits.MaxTokens!.Value, used + next) * 2;
        return new BudgetStop(
            new TurnEnd(TurnOutcome.BudgetExceeded),
            Format(
                $"This turn has used {used:N0} of its {limits.MaxTokens:N0} tokens; the next request would take about {next:N0}."
            ),
            Format($"Raise it to {raised:N0} tokens"),
            limits with
            {
                MaxTokens = raised,
            }
        );
    }

    public static BudgetStop Duration(TurnLimits limits, TimeSpan elapsed)
    {
        var raised = elapsed + limits.MaxDuration!.Value;
        return new BudgetStop(
            new TurnEnd(TurnOutcome.BudgetExceeded),
            Format($"This turn has taken {elapsed.TotalMinutes:0.#} minutes, which is its limit."),
            Format($"{limits.MaxDuration.Value.TotalMinutes:0.#} more minutes"),
            limits with
            {
                MaxDuration = raised,
            }
        );
    }

    public static BudgetStop TurnCost(TurnLimits limits, decimal spent, decimal next)
    {
        var raised = Math.Max(limits.MaxCost!.Value, spent + next) * 2;
        return Cost("This turn", spent, limits.MaxCost.Value, next, raised, limits with { MaxCost = raised });
    }

    public static BudgetStop SessionCost(TurnLimits limits, decimal spent, decimal next)
    {
        var raised = Math.Max(limits.MaxSessionCost!.Value, spent + next) * 2;
        var after = limits with { MaxSessionCost = raised };
        return Cost("This session", spent, limits.MaxSessionCost.Value, next, raised, after);
    }

    /// <summary>A money budget cannot be kept for what has no price.</summary>
    public static BudgetStop UnknownPrice(TurnLimits limits, string model)
    {
        var reason =
            $"There is a money budget, but what {model} costs is not known. Set its price in sage.prices, or choose another model.";
        return new BudgetStop(
            new TurnEnd(TurnOutcome.Failed, new TurnError(TurnErrorCodes.UnknownPrice, reason, Retryable: true)),
            reason,
            "Go on without the budget",
            limits with
            {
                MaxCost = null,
                MaxSessionCost = null,
            }
        );
    }

    private static BudgetStop Cost(
        string what,
        decimal spent,
        decimal limit,
        decimal next,
        decimal raised,
        TurnLimits after
    ) =>
        new(
            new TurnEnd(TurnOutcome.BudgetExceeded),
            $"{what} has cost {Dollars(spent)} of its budget of {Dollars(limit)}; the next request would cost about {Dollars(next)}.",
            $"Raise it to {Dollars(raised)}",
            after
        );

    private static string Dollars(decimal amount) =>
        Format(amount is > 0 and < 0.01m ? $"${amount:0.00####}" : (FormattableString)$"${amount:0.00}");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
