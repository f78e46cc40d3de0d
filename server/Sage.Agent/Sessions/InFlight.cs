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
                if (!_writing.TryGetValue(delta.CallId, out var writing))
                {
                    _writing.Add(delta.CallId, writing = (delta.Name, new StringBuilder()));
                }

                writing.Arguments.Append(delta.Delta);
                break;
            case ToolOutput output:
                (_outputs.GetValueOrDefault(output.CallId) ?? (_outputs[output.CallId] = new Output())).Add(output);
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
    }

    private void Clear()
    {
        _replyId = null;
        _text.Clear();
        _reasoning.Clear();
        _writing.Clear();
    }

    /// <summary>The end of one call's output.</summary>
    private sealed class Output
    {
        public StringBuilder Text { get; } = new();

        public long Start { get; private set; }

        public void Add(ToolOutput output)
        {
            Text.Append(output.Text);
            if (Text.Length > 2 * OutputTail)
            {
                var surplus = Text.Length - OutputTail;
                Text.Remove(0, surplus);
                Start += surplus;
            }
        }
    }
}
