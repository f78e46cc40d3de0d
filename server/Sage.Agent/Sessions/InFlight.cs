using System.Text;
using Sage.Protocol.Events;

namespace Sage.Agent.Sessions;

/// <summary>What was streamed but is not yet repeated by a durable event, so that a client that joins late sees it.</summary>
internal sealed class InFlight
{
    private const int OutputTail = 64 * 1024;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly Dictionary<string, (string Name, StringBuilder Arguments)> _writing = [];
    private readonly Dictionary<string, Output> _outputs = [];
    private readonly Dictionary<string, Output> _background = [];
    private readonly Dictionary<string, (string ReplyId, StringBuilder Text)> _inside = [];
    private string? _replyId;

    public void Apply(SessionEvent happened)
    {
        switch (happened)
        {
            case TextDelta delta:
                _replyId = delta.ReplyId;
                _text.Append(delta.Text);
                break;
            case ReasoningDelta delta:
                _replyId = delta.ReplyId;
                _reasoning.Append(delta.Text);
                break;
            case ToolCallDelta delta:
                ArgumentsOf(delta).Append(delta.Delta);
                break;
            case ToolOutput output:
                Of(_outputs, output.CallId).Add(output.Text);
                break;
            case BackgroundOutput output:
                Of(_background, output.TaskId).Add(output.Text);
                break;
            case BackgroundEnded ended:
                _background.Remove(ended.TaskId);
                break;
            case ReplyEnded:
                Clear();
                break;
            case ToolCallStarted started:
                _writing.Remove(started.CallId);
                break;
            case ToolCallEnded ended:
                _outputs.Remove(ended.CallId);
                break;
            case TurnEnded:
                Clear();
                _outputs.Clear();
                break;
            default:
                ApplyInside(happened);
                break;
        }
    }

    private void ApplyInside(SessionEvent happened)
    {
        switch (happened)
        {
            case SubagentDelta delta:
                InsideOf(delta).Append(delta.Text);
                break;
            case SubagentEvent { Event: ReplyEnded } inside:
                _inside.Remove(inside.CallId);
                break;
        }
    }

    public IEnumerable<TransientEvent> Events()
    {
        if (_replyId is not null && _reasoning.Length > 0)
        {
            yield return new ReasoningDelta(_replyId, 0, _reasoning.ToString());
        }

        if (_replyId is not null && _text.Length > 0)
        {
            yield return new TextDelta(_replyId, 0, _text.ToString());
        }

        foreach (var (callId, (name, arguments)) in _writing)
        {
            yield return new ToolCallDelta(callId, name, arguments.ToString());
        }

        foreach (var (callId, output) in _outputs)
        {
            yield return new ToolOutput(callId, output.Start, output.Text.ToString());
        }

        foreach (var (callId, (replyId, text)) in _inside)
        {
            yield return new SubagentDelta(callId, replyId, 0, text.ToString());
        }

        foreach (var (taskId, output) in _background)
        {
            yield return new BackgroundOutput(taskId, output.Start, output.Text.ToString());
        }
    }

    private StringBuilder ArgumentsOf(ToolCallDelta delta)
    {
        if (!_writing.TryGetValue(delta.CallId, out var writing))
        {
            _writing.Add(delta.CallId, writing = (delta.Name, new StringBuilder()));
        }

        return writing.Arguments;
    }

    private StringBuilder InsideOf(SubagentDelta delta)
    {
        if (!_inside.TryGetValue(delta.CallId, out var inside) || inside.ReplyId != delta.ReplyId)
        {
            _inside[delta.CallId] = inside = (delta.ReplyId, new StringBuilder());
        }

        return inside.Text;
    }

    private static Output Of(Dictionary<string, Output> outputs, string id) =>
        outputs.GetValueOrDefault(id) ?? (outputs[id] = new Output());

    private void Clear()
    {
        _replyId = null;
        _text.Clear();
        _reasoning.Clear();
        _writing.Clear();
    }

    /// <summary>The end of what one call or one background task says.</summary>
    private sealed class Output
    {
        public StringBuilder Text { get; } = new();

        public long Start { get; private set; }

        public void Add(string piece)
        {
            Text.Append(piece);
            if (Text.Length > 2 * OutputTail)
            {
                var surplus = Text.Length - OutputTail;
                Text.Remove(0, surplus);
                Start += surplus;
            }
        }
    }
}
