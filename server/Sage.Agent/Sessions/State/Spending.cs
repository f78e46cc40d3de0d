using System.Collections.Immutable;
using System.Text.Json;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions.State;

/// <summary>The fold of a session's events into what its model requests have used: for what, and with which model.</summary>
internal sealed class Spending : IFold
{
    // Replaced whole: it is read while the next is made.
    private volatile SpendingState _state = new([], null);

    public string Part => "spending/1";

    public ImmutableArray<CostLine> Lines => _state.Lines;

    public void Apply(EventEnvelope happened) => _state = After(_state, happened.Event, CostPurpose.Replies);

    public JsonElement Save() => JsonSerializer.SerializeToElement(_state, SavedState.Json.SpendingState);

    public Action Load(JsonElement saved)
    {
        var state = SavedState.Read(saved, SavedState.Json.SpendingState);
        return () => _state = state;
    }

    private static SpendingState After(SpendingState state, SessionEvent happened, CostPurpose replies) =>
        happened switch
        {
            SubagentEvent { Event: TurnStarted } => state,
            SubagentEvent inside => After(state, inside.Event, CostPurpose.Subagents),
            TurnStarted turn => state with { Model = turn.Model },
            UsageReported spent => state.With(replies, spent.Usage, spent.Model ?? state.Model),
            ModelAsked spent => state.With(CostPurpose.Tools, spent.Usage, spent.Model),
            Compacted { Usage: { } spent } => state.With(CostPurpose.Summaries, spent, model: null),
            SessionTitled { Usage: { } spent } => state.With(CostPurpose.Titles, spent, model: null),
            _ => state,
        };
}

/// <summary>What <see cref="Spending"/> saves.</summary>
/// <param name="Lines">In the order of the first request.</param>
/// <param name="Model">Of the last turn, for journals that do not say it of each request.</param>
internal sealed record SpendingState(ImmutableArray<CostLine> Lines, string? Model)
{
    public SpendingState With(CostPurpose purpose, TokenUsage usage, string? model)
    {
        var known = Lines.FirstOrDefault(line => line.Purpose == purpose && line.Model == model);
        return this with
        {
            Lines = known is null
                ? Lines.Add(new CostLine(purpose, 1, usage, model))
                : Lines.Replace(known, known with { Requests = known.Requests + 1, Usage = known.Usage + usage }),
        };
    }
}
