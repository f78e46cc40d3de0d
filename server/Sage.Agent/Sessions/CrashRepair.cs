using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions;

/// <summary>What a journal lacks because the process died: results of calls, and the end of the turn.</summary>
internal static class CrashRepair
{
    public static IEnumerable<DurableEvent> Missing(OpenedJournal opened)
    {
        if (opened.Damage is not null)
        {
            yield return new Notice(opened.Damage);
        }

        List<ToolCallStarted> open = [];
        TurnStarted? turn = null;
        foreach (var envelope in opened.Events)
        {
            switch (envelope.Event)
            {
                case TurnStarted started:
                    turn = started;
                    break;
                case TurnEnded:
                    turn = null;
                    break;
                case ToolCallStarted call:
                    open.Add(call);
                    break;
                case ToolCallEnded ended:
                    open.RemoveAll(call => call.CallId == ended.CallId);
                    break;
            }
        }

        foreach (var call in open)
        {
            const string text = "Sage stopped before this call was done; it may have taken effect in part.";
            yield return new ToolCallEnded(call.CallId, ToolCallStatus.Crashed, text, 0);
        }

        if (turn is not null)
        {
            yield return new Notice("Sage stopped while this turn was running. What it had done until then is kept.");
            yield return new TurnEnded(turn.TurnId, TurnOutcome.Interrupted, TokenUsage.Zero);
        }
    }
}
