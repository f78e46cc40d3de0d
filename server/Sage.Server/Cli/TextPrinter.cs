using System.IO.Pipelines;
using System.Text;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Server.Cli;

/// <summary>For people: the answer on standard output as it is written, everything else in short lines on standard error.</summary>
internal sealed class TextPrinter(PipeWriter output, TextWriter error) : EventPrinter
{
    private const int LongestReason = 200;
    private readonly Dictionary<string, string> _titles = new(StringComparer.Ordinal);
    private bool _midLine;

    public override void Print(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case TurnStarted { Command: { } command }:
                Tell($"• /{command.Name}: {command.Place}");
                break;
            case TextDelta delta:
                Write(delta.Text);
                break;
            case ReplyEnded:
                EndLine();
                break;
            case ToolCallStarted call:
                _titles[call.CallId] = call.Title;
                Tell($"• {call.Title}");
                break;
            case PlanProposed proposed:
                Say(proposed.Plan);
                break;
            case ToolCallEnded { Status: not ToolCallStatus.Ok } call:
                Tell($"✗ {_titles.GetValueOrDefault(call.CallId, call.CallId)}: {Describe(call)}");
                break;
            case SubagentEvent { Event: ToolCallStarted call }:
                Tell($"  • {call.Title}");
                break;
            case TurnEnded end:
                Tell(end);
                break;
            default:
                PrintBeside(envelope.Event);
                break;
        }
    }

    /// <summary>What happens beside the work itself.</summary>
    private void PrintBeside(SessionEvent happened)
    {
        switch (happened)
        {
            case BackgroundStarted task:
                Tell($"• in the background: {task.Title}");
                break;
            case BackgroundEnded { Result: not null } task:
                Tell($"• background task {task.TaskId} has ended");
                break;
            case Retrying retry:
                Tell($"Trying again in {retry.DelayMs / 1000.0:0.#} s: {retry.Reason}");
                break;
            case Compacting:
                Tell("Summarising the conversation, because it is too long for the model …");
                break;
            case Notice notice:
                Tell(notice.Text);
                break;
            case HookRan ran:
                Tell($"• hook {ran.Hook}: {Describe(ran)}");
                break;
        }
    }

    public override async ValueTask FlushAsync() => await output.FlushAsync();

    private static string Describe(ToolCallEnded call)
    {
        var status = call.Status switch
        {
            ToolCallStatus.Denied => "denied",
            ToolCallStatus.TimedOut => "timed out",
            ToolCallStatus.Cancelled => "cancelled",
            ToolCallStatus.Crashed => "crashed",
            _ => "failed",
        };
        return $"{status}. {FirstLine(call.Text)}";
    }

    private static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end >= 0 ? line[..end] : line;
        return line.Length <= LongestReason ? line.ToString() : $"{line[..LongestReason]}…";
    }

    private static string Describe(HookRan ran)
    {
        var effect = ran.Effect switch
        {
            HookEffect.Denied => "denied",
            HookEffect.Asked => "asks",
            HookEffect.Allowed => "allowed",
            HookEffect.Changed => "changed the arguments",
            HookEffect.Added => "added to what the model reads",
            HookEffect.Continued => "wants the turn to go on",
            HookEffect.Told => "says",
            _ => "failed",
        };
        return ran.Text is { } text && ran.Effect != HookEffect.Added ? $"{effect}. {FirstLine(text)}" : effect;
    }

    private void Tell(TurnEnded end)
    {
        EndLine();
        var said = end.Outcome switch
        {
            TurnOutcome.Failed => $"sage: {end.Error?.Message ?? "the turn failed"}",
            TurnOutcome.Interrupted => "sage: interrupted",
            TurnOutcome.BudgetExceeded => "sage: stopped, the budget is spent",
            TurnOutcome.MaxSteps => "sage: stopped, the limit of steps is reached",
            _ => null,
        };
        if (said is not null)
        {
            Tell(said);
        }
    }

    /// <summary>A plan is part of the answer: nobody accepts it here.</summary>
    private void Say(string plan)
    {
        EndLine();
        Write(plan);
        EndLine();
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            Encoding.UTF8.GetBytes(text, output);
            _midLine = text[^1] != '\n';
        }
    }

    private void EndLine()
    {
        if (_midLine)
        {
            Write("\n");
        }
    }

    private void Tell(string line) => error.WriteLine(line);
}
