using System.Collections.Immutable;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions;

/// <summary>
/// A turn that was cut off while it asked the user: with the process died only the question, so the turn can ask again and go on.
/// </summary>
/// <param name="Turn">How it started.</param>
/// <param name="Calls">Its calls without a result, in call order.</param>
/// <param name="Asking">Those of them that the user was asked about and had not answered: they have not run.</param>
/// <param name="Steps">How many replies it had.</param>
/// <param name="Used">What it had spent.</param>
internal sealed record SuspendedTurn(
    TurnStarted Turn,
    ImmutableArray<ToolCallStarted> Calls,
    ImmutableHashSet<string> Asking,
    int Steps,
    TokenUsage Used
)
{
    /// <summary>What is left of those that ran sub-agents.</summary>
    public ImmutableDictionary<string, ToolResult> CutOff { get; init; } =
        ImmutableDictionary<string, ToolResult>.Empty;

    /// <summary>The result of a call that was running.</summary>
    public ToolResult ResultOf(string callId) => CutOff.GetValueOrDefault(callId, CrashRepair.CrashedResult);

    /// <summary>What to record when it will not go on.</summary>
    public IEnumerable<DurableEvent> Close()
    {
        foreach (var call in Calls)
        {
            yield return Asking.Contains(call.CallId)
                ? new ToolCallEnded(
                    call.CallId,
                    ToolCallStatus.Cancelled,
                    "Sage stopped before the user had answered; this call did not run.",
                    0
                )
                : CrashRepair.Ended(call.CallId, ResultOf(call.CallId));
        }

        yield return new TurnEnded(Turn.TurnId, TurnOutcome.Interrupted, Used);
    }
}
