using System.Text;
using Sage.Protocol.Events;

namespace Sage.Server.Rpc.Events;

/// <summary>Adjacent pieces of one stream (a reply's text, a call's output …), joined into one event.</summary>
internal sealed class DeltaRun(EventEnvelope first)
{
    // Big enough to catch up with any model, small enough to be painted at once.
    private const int LargestRun = 64 * 1024;
    private StringBuilder? _text;

    /// <summary>Takes the event in when it continues the run.</summary>
    public bool TryAppend(EventEnvelope next)
    {
        if (Continuation(first.Event, next.Event) is not { } piece || Length + piece.Length > LargestRun)
        {
            return false;
        }

        _text ??= new StringBuilder(Text(first.Event));
        _text.Append(piece);
        return true;
    }

    public EventEnvelope ToEnvelope() =>
        _text is null ? first : first with { Event = WithText(first.Event, _text.ToString()) };

    private int Length => _text?.Length ?? Text(first.Event).Length;

    // The piece that `next` adds to the stream of `run`; null when it belongs to another one.
    private static string? Continuation(SessionEvent run, SessionEvent next) =>
        (run, next) switch
        {
            (TextDelta a, TextDelta b) when a.ReplyId == b.ReplyId => b.Text,
            (ReasoningDelta a, ReasoningDelta b) when a.ReplyId == b.ReplyId => b.Text,
            (ToolCallDelta a, ToolCallDelta b) when a.CallId == b.CallId => b.Delta,
            (ToolOutput a, ToolOutput b) when a.CallId == b.CallId => b.Text,
            (BackgroundOutput a, BackgroundOutput b) when a.TaskId == b.TaskId => b.Text,
            (SubagentDelta a, SubagentDelta b) when a.CallId == b.CallId && a.ReplyId == b.ReplyId => b.Text,
            _ => null,
        };

    private static string Text(SessionEvent delta) =>
        delta switch
        {
            TextDelta d => d.Text,
            ReasoningDelta d => d.Text,
            ToolCallDelta d => d.Delta,
            ToolOutput d => d.Text,
            BackgroundOutput d => d.Text,
            SubagentDelta d => d.Text,
            _ => "",
        };

    private static SessionEvent WithText(SessionEvent delta, string text) =>
        delta switch
        {
            TextDelta d => d with { Text = text },
            ReasoningDelta d => d with { Text = text },
            ToolCallDelta d => d with { Delta = text },
            ToolOutput d => d with { Text = text },
            BackgroundOutput d => d with { Text = text },
            SubagentDelta d => d with { Text = text },
            _ => delta,
        };
}
