using Sage.Agent.Context;
using Sage.Agent.Extensions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions;

/// <summary>
/// What a journal lacks because the process died: results of calls, the ends of background tasks, and the end of the turn,
/// unless that can go on.
/// </summary>
internal sealed class CrashRepair
{
    private readonly OpenedJournal _opened;
    private readonly List<ToolCallStarted> _calls = [];
    private readonly HashSet<string> _asking = new(StringComparer.Ordinal);
    private readonly List<BackgroundStarted> _background = [];
    private TurnStarted? _turn;
    private TokenUsage _used = TokenUsage.Zero;
    private int _steps;

    public CrashRepair(OpenedJournal opened)
    {
        _opened = opened;
        foreach (var envelope in opened.Events)
        {
            Apply(envelope.Event);
        }
    }

    /// <summary>The turn that asked the user when the process died; null when there is none.</summary>
    public SuspendedTurn? Suspended =>
        _turn is null || _asking.Count == 0 ? null : new(_turn, [.. _calls], [.. _asking], _steps, _used);

    public IEnumerable<DurableEvent> Missing()
    {
        if (_opened.Damage is not null)
        {
            yield return new Notice(_opened.Damage);
        }

        foreach (var task in _background)
        {
            yield return new BackgroundEnded(task.TaskId, BackgroundEndHow.Crashed, 0);
        }

        if (Suspended is not null)
        {
            yield break;
        }

        foreach (var call in _calls)
        {
            yield return Crashed(call);
        }

        if (_turn is not null)
        {
            yield return new Notice("Sage stopped while this turn was running. What it had done until then is kept.");
            yield return new TurnEnded(_turn.TurnId, TurnOutcome.Interrupted, _used);
        }
    }

    /// <summary>The result of a call of which nobody knows how far it got.</summary>
    public static ToolResult CrashedResult { get; } = new(ToolCallStatus.Crashed, Reply.NotDone);

    public static ToolCallEnded Crashed(ToolCallStarted call) =>
        new(call.CallId, CrashedResult.Status, CrashedResult.Text, 0);

    private void Apply(SessionEvent happened)
    {
        switch (happened)
        {
            case TurnStarted started:
                (_turn, _used, _steps) = (started, TokenUsage.Zero, 0);
                break;
            case ReplyEnded:
                _steps++;
                break;
            case UsageReported spent:
                _used += spent.Usage;
                break;
            case Compacted { Usage: { } spent }:
                _used += spent;
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
}
