using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Context;
using Sage.Agent.Sessions.State;
using Sage.Agent.Subagents;
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

    // By the calls that started them.
    private readonly Dictionary<string, SubagentReport> _subagents = new(StringComparer.Ordinal);
    private TurnStarted? _turn;
    private TokenUsage _used = TokenUsage.Zero;
    private int _steps;

    public string Part => "open/1";

    /// <summary>The background tasks that have not ended.</summary>
    public IReadOnlyList<BackgroundStarted> Background => _background;

    /// <summary>The turn that asked the user when the process died; null when there is none.</summary>
    public SuspendedTurn? Suspended => _asking.Count == 0 ? null : Open;

    /// <summary>The turn that has not ended; null when every one has.</summary>
    public SuspendedTurn? Open =>
        _turn is null
            ? null
            : new SuspendedTurn(_turn, [.. _calls], [.. _asking], _steps, _used)
            {
                CutOff = _subagents.ToImmutableDictionary(inside => inside.Key, inside => inside.Value.CutOff()),
            };

    /// <param name="damage">For people: what of the journal was lost; null when nothing.</param>
    public IEnumerable<DurableEvent> Missing(string? damage)
    {
        if (damage is not null)
        {
            yield return new Notice(damage);
        }

        foreach (var task in _background.ToList())
        {
            yield return Crashed(task);
        }

        if (Suspended is not null)
        {
            yield break;
        }

        foreach (var call in _calls.ToList())
        {
            yield return Ended(call.CallId, CutOff(call.CallId) ?? CrashedResult);
        }

        if (_turn is { } open)
        {
            yield return new Notice("Sage stopped while this turn was running. What it had done until then is kept.");
            yield return new TurnEnded(open.TurnId, TurnOutcome.Interrupted, _used);
        }
    }

    /// <summary>The result of a call of which nobody knows how far it got.</summary>
    public static ToolResult CrashedResult { get; } = new(ToolCallStatus.Crashed, Reply.NotDone);

    /// <summary>The end of a call that was cut off.</summary>
    public static ToolCallEnded Ended(string callId, ToolResult result) =>
        new(callId, result.Status, result.Text, 0, Source: SourceOf(result));

    private BackgroundEnded Crashed(BackgroundStarted task) =>
        CutOff(task.CallId) is { } result
            ? new(task.TaskId, BackgroundEndHow.Crashed, 0, Result: result.Text, Source: SourceOf(result))
            : new(task.TaskId, BackgroundEndHow.Crashed, 0);

    private ToolResult? CutOff(string callId) => _subagents.GetValueOrDefault(callId)?.CutOff();

    private static string? SourceOf(ToolResult result) =>
        result.Outside is { IsTrusted: false } outside ? OutsideMark.OneLine(outside.Source) : null;

    public JsonElement Save() =>
        JsonSerializer.SerializeToElement(
            new CrashRepairState(
                [.. _calls],
                [.. _asking.Order(StringComparer.Ordinal)],
                [.. _background],
                _used,
                _steps,
                _turn,
                _subagents.ToImmutableSortedDictionary(
                    inside => inside.Key,
                    inside => inside.Value.Save(),
                    StringComparer.Ordinal
                )
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
            foreach (
                var (callId, report) in state.Subagents ?? ImmutableSortedDictionary<string, SubagentReportState>.Empty
            )
            {
                _subagents[callId] = new SubagentReport(report);
            }

            (_turn, _used, _steps) = (state.Turn, state.Used, state.Steps);
        };
    }

    public void Apply(EventEnvelope happened)
    {
        _used += SpentIn(happened.Event);
        Report(happened.Event);
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
            case PlanProposed proposed:
                _asking.Add(proposed.CallId);
                break;
            case PermissionAnswered answered:
                _asking.Remove(answered.CallId);
                break;
            case PlanAnswered answered:
                _asking.Remove(answered.CallId);
                _turn = answered.Mode is { } mode && _turn is { } turn ? turn with { Mode = mode } : _turn;
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

    /// <summary>Keeps what an open sub-agent has said and done.</summary>
    private void Report(SessionEvent happened)
    {
        switch (happened)
        {
            case SubagentEvent { Event: TurnStarted } begun:
                _subagents[begun.CallId] = new SubagentReport();
                break;
            case SubagentEvent inside:
                _subagents.GetValueOrDefault(inside.CallId)?.Add(inside.Event);
                break;
            case FileChanged changed:
                _subagents.GetValueOrDefault(changed.CallId)?.Add(changed);
                break;
            case ToolCallEnded ended when !_background.Exists(task => task.CallId == ended.CallId):
                _subagents.Remove(ended.CallId);
                break;
            case BackgroundEnded ended when _background.Find(task => task.TaskId == ended.TaskId) is { } task:
                _subagents.Remove(task.CallId);
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
    TurnStarted? Turn = null,
    ImmutableSortedDictionary<string, SubagentReportState>? Subagents = null
);
