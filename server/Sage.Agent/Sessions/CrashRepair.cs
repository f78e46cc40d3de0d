using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions;

/// <summary>What a journal lacks because the process died: results of calls, the ends of background tasks, and the end of the turn.</summary>
internal sealed class CrashRepair
{
    private readonly List<ToolCallStarted> _calls = [];
    private readonly List<BackgroundStarted> _background = [];
    private TurnStarted? _turn;

    public static IEnumerable<DurableEvent> Missing(OpenedJournal opened)
    {
        if (opened.Damage is not null)
        {
            yield return new Notice(opened.Damage);
        }

        var repair = new CrashRepair();
        foreach (var envelope in opened.Events)
        {
            repair.Apply(envelope.Event);
        }

        foreach (var missing in repair.Missing())
        {
            yield return missing;
        }
    }

    private void Apply(SessionEvent happened)
    {
        switch (happened)
        {
            case TurnStarted started:
                _turn = started;
                break;
            case TurnEnded:
                _turn = null;
                break;
            case ToolCallStarted call:
                _calls.Add(call);
                break;
            case ToolCallEnded ended:
                _calls.RemoveAll(call => call.CallId == ended.CallId);
                break;
            case BackgroundStarted task:
                _background.Add(task);
                break;
            case BackgroundEnded ended:
                _background.RemoveAll(task => task.TaskId == ended.TaskId);
                break;
        }
    }

    private IEnumerable<DurableEvent> Missing()
    {
        foreach (var call in _calls)
        {
            const string text = "Sage stopped before this call was done; it may have taken effect in part.";
            yield return new ToolCallEnded(call.CallId, ToolCallStatus.Crashed, text, 0);
        }

        foreach (var task in _background)
        {
            yield return new BackgroundEnded(task.TaskId, BackgroundEndHow.Crashed, 0);
        }

        if (_turn is not null)
        {
            yield return new Notice("Sage stopped while this turn was running. What it had done until then is kept.");
            yield return new TurnEnded(_turn.TurnId, TurnOutcome.Interrupted, TokenUsage.Zero);
        }
    }
}
