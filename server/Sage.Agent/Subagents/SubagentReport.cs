using System.Collections.Immutable;
using System.Globalization;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Subagents;

/// <summary>Makes the result of a call out of what its sub-agent has said and done.</summary>
internal sealed class SubagentReport
{
    private const int LongestCutOff = 20_000;
    private readonly SortedSet<string> _changed = new(StringComparer.Ordinal);
    private string _lastWords = "";
    private string? _lastNotice;
    private string? _source;
    private int _replies;

    public SubagentReport() { }

    public SubagentReport(SubagentReportState saved)
    {
        _changed.UnionWith(saved.Changed);
        (_lastWords, _replies, _lastNotice, _source) = (saved.LastWords, saved.Replies, saved.LastNotice, saved.Source);
    }

    /// <summary>Where content came from that it has read and that is not of the user's making.</summary>
    public string? Source => _source is { } source ? OutsideText.OfSubagent + source : null;

    public SubagentReportState Save() => new([.. _changed], _lastWords, _replies, _lastNotice, _source);

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
    /// <param name="kind">The name of its kind.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="tookTooLong">The limit it was stopped at, if it was.</param>
    public ToolResult Result(string kind, TurnEnd end, TimeSpan? tookTooLong)
    {
        var status = end.Outcome switch
        {
            TurnOutcome.Completed => ToolCallStatus.Ok,
            TurnOutcome.Interrupted when tookTooLong is not null => ToolCallStatus.TimedOut,
            TurnOutcome.Interrupted => ToolCallStatus.Cancelled,
            _ => ToolCallStatus.Error,
        };
        return Result(status, $"Sub-agent {kind}: {Ending(end, tookTooLong)}");
    }

    /// <summary>What of one is left that died with the process: its last words are not cut to a file, so they are cut here.</summary>
    public ToolResult CutOff() =>
        OutsideMark.Apply(
            Result(ToolCallStatus.Crashed, "Sub-agent: cut off when Sage stopped, in the middle of its work"),
            static text => text,
            OutsideMark.NewNonce
        );

    private ToolResult Result(ToolCallStatus status, string how)
    {
        var line = $"[{how} after {_replies} {(_replies == 1 ? "reply" : "replies")}; {Changes}.]";
        var words = status == ToolCallStatus.Crashed ? Beginning(_lastWords) : _lastWords;
        return Source is { } source && words.Length > 0
            ? new ToolResult(status, line) { Outside = new OutsideText(source, words) }
            : new ToolResult(status, $"{line}\n\n{words}".TrimEnd());
    }

    private static string Beginning(string words) =>
        words.Length <= LongestCutOff ? words
        : char.IsHighSurrogate(words[LongestCutOff - 1]) ? words[..(LongestCutOff - 1)] + "…"
        : words[..LongestCutOff] + "…";

    private string Changes =>
        _changed.Count == 0 ? "it changed no file with its tools" : $"changed {string.Join(", ", _changed)}";

    private string Ending(TurnEnd end, TimeSpan? tookTooLong) =>
        end switch
        {
            { Outcome: TurnOutcome.Interrupted } when tookTooLong is { } limit => string.Create(
                CultureInfo.InvariantCulture,
                $"stopped because it had worked for {limit.TotalHours:0.#} h, the most there is,"
            ),
            { Outcome: TurnOutcome.Completed } => "completed",
            { Outcome: TurnOutcome.Interrupted } => "stopped before it was done",
            { Error: { } error } => $"failed ({error.Message})",
            _ => $"not done ({_lastNotice})",
        };
}

/// <summary>What <see cref="SubagentReport"/> saves.</summary>
internal sealed record SubagentReportState(
    ImmutableArray<string> Changed,
    string LastWords,
    int Replies,
    string? LastNotice = null,
    string? Source = null
);
