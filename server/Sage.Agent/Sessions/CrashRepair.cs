using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Context;
using Sage.Agent.Sessions.State;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions;

/// <summary>
/// What a journal lacks because the process died: results of calls, the ends of background tasks, and the end of the turn,
/// unless that can go on.
/// </summary>
internal sealed class CrashRepair : IFold
{
    private readonly List<ToolCallStarted> _calls = [];
    private readonly HashSet<string> _asking = new(StringComparer.Ordinal);
    private readonly List<BackgroundStarted> _background = [];
    private TurnStarted? _turn;
    private TokenUsage _used = TokenUsage.Zero;
    private int _steps;

    public string Part => "open/1";

    /// <summary>The background tasks that have not ended.</summary>
    public IReadOnlyList<BackgroundStarted> Background => _background;

    /// <summary>The turn that asked the user when the process died; null when there is none.</summary>
    public SuspendedTurn? Suspended => _asking.Count == 0 ? null : Open;

    /// <summary>The turn that has not ended; null when every one has.</summary>
    public SuspendedTurn? Open => _turn is null ? null : new(_turn, [.. _calls], [.. _asking], _steps, _used);

    /// <param name="damage">For people: what of the journal was lost; null when nothing.</param>
    public IEnumerable<DurableEvent> Missing(string? damage)
    {
        if (damage is not null)
        {
            yield return new Notice(damage);
        }

        foreach (var task in _background.ToList())
        {
            yield return new BackgroundEnded(task.TaskId, BackgroundEndHow.Crashed, 0);
        }

        if (Suspended is not null)
        {
            yield break;
        }

        foreach (var call in _calls.ToList())
        {
            yield return Crashed(call);
        }

        if (_turn is { } open)
        {
            yield return new Notice("Sage stopped while this turn was running. What it had done until then is kept.");
            yield return new TurnEnded(open.TurnId, TurnOutcome.Interrupted, _used);
        }
    }

    /// <summary>The result of a call of which nobody knows how far it got.</summary>
    public static ToolResult CrashedResult { get; } = new(ToolCallStatus.Crashed, Reply.NotDone);

    public static ToolCallEnded Crashed(ToolCallStarted call) =>
        new(call.CallId, CrashedResult.Status, CrashedResult.Text, 0);

    public JsonElement Save() =>
        JsonSerializer.SerializeToElement(
            new CrashRepairState(
                [.. _calls],
                [.. _asking.Order(StringComparer.Ordinal)],
                [.. _background],
                _used,
                _steps,
                _turn
            ),
            SavedState.Json.CrashRepairState
        );

    public Action Load(JsonElement saved)
    {
        var state = SavedState.Read(saved, SavedState.Json.CrashRepairState);
        return () =>
        {
            _calls.AddRange(state.Calls);
            _asking.UnionWith(state.Asking);
            _background.AddRange(state.Background);
            (_turn, _used, _steps) = (state.Turn, state.Used, state.Steps);
        };
    }

    public void Apply(EventEnvelope happened)
    {
        _used += SpentIn(happened.Event);
        switch (happened.Event)
        {
            case TurnStarted started:
                (_turn, _used, _steps) = (started, TokenUsage.Zero, 0);
                break;
            case ReplyEnded:
                _steps++;
                break;
            case TurnEnded:
                _turn = null;
                break;
            case ToolCallStarted call:
                _calls.Add(call);
                break;
            case PermissionAsked asked:
                _asking.Add(asked.CallId);
                break;
            case PermissionAnswered answered:
                _asking.Remove(answered.CallId);
                break;
            case ToolCallEnded ended:
                _calls.RemoveAll(call => call.CallId == ended.CallId);
                _asking.Remove(ended.CallId);
                break;
            case BackgroundStarted task:
                _background.Add(task);
                break;
            case BackgroundEnded ended:
                _background.RemoveAll(task => task.TaskId == ended.TaskId);
                break;
        }
    }

    // What a sub-agent spends is the turn's.
    private static TokenUsage SpentIn(SessionEvent happened) =>
        happened switch
        {
            SubagentEvent inside => SpentIn(inside.Event),
            UsageReported spent => spent.Usage,
            ModelAsked spent => spent.Usage,
            Compacted { Usage: { } spent } => spent,
            _ => TokenUsage.Zero,
        };
}

/// <summary>What <see cref="CrashRepair"/> saves.</summary>
internal sealed record CrashRepairState(
    ImmutableArray<ToolCallStarted> Calls,
    ImmutableArray<string> Asking,
    ImmutableArray<BackgroundStarted> Background,
    TokenUsage Used,
    int Steps,
    TurnStarted? Turn = null
);
