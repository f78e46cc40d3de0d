using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Subagents;

/// <summary>Makes the result of a call out of what its sub-agent has said and done.</summary>
internal sealed class SubagentReport
{
    private readonly SortedSet<string> _changed = new(StringComparer.Ordinal);
    private string _lastWords = "";
    private string? _lastNotice;
    private string? _source;
    private int _replies;

    public void Add(SessionEvent happened)
    {
        switch (happened)
        {
            case ReplyEnded reply:
                _replies++;
                _lastWords = string.IsNullOrWhiteSpace(reply.Text) ? _lastWords : reply.Text.Trim();
                break;
            case FileChanged changed:
                _changed.Add(changed.Path);
                break;
            case ToolCallEnded { Source: { } source }:
                _source ??= source;
                break;
            case Notice notice:
                _lastNotice = notice.Text;
                break;
        }
    }

    /// <summary>
    /// The last thing it said, and how it went. What it says may be the word of a page that it has read: then it is content
    /// from outside itself.
    /// </summary>
    public ToolResult Result(SubagentKind kind, TurnEnd end)
    {
        var status = end.Outcome switch
        {
            TurnOutcome.Completed => ToolCallStatus.Ok,
            TurnOutcome.Interrupted => ToolCallStatus.Cancelled,
            _ => ToolCallStatus.Error,
        };
        var line =
            $"[Sub-agent {kind.Name}: {Ending(end)} after {_replies} {(_replies == 1 ? "reply" : "replies")}; {Changes}.]";
        return _source is { } source && _lastWords.Length > 0
            ? new ToolResult(status, line) { Outside = new OutsideText(OutsideText.OfSubagent + source, _lastWords) }
            : new ToolResult(status, $"{line}\n\n{_lastWords}".TrimEnd());
    }

    private string Changes =>
        _changed.Count == 0 ? "it changed no file with its tools" : $"changed {string.Join(", ", _changed)}";

    private string Ending(TurnEnd end) =>
        end switch
        {
            { Outcome: TurnOutcome.Completed } => "completed",
            { Outcome: TurnOutcome.Interrupted } => "stopped before it was done",
            { Error: { } error } => $"failed ({error.Message})",
            _ => $"not done ({_lastNotice})",
        };
}
