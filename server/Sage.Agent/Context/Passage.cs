using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.Events;

namespace Sage.Agent.Context;

/// <summary>A part of the conversation that becomes one or more messages.</summary>
internal abstract class Passage
{
    public abstract IEnumerable<ChatMessage> Messages();
}

/// <summary>What the user said.</summary>
internal sealed class Prompt(ChatMessage message) : Passage
{
    public override IEnumerable<ChatMessage> Messages() => [message];
}

/// <summary>A reply of the model with its calls and their results.</summary>
internal sealed class Reply(string id) : Passage
{
    private readonly List<ToolCallStarted> _calls = [];
    private readonly Dictionary<string, ToolCallEnded> _results = new(StringComparer.Ordinal);
    private ReplyEnded? _ended;
    private List<ChatMessage>? _messages;

    public string Id { get; } = id;

    public void Add(ToolCallStarted call)
    {
        _calls.Add(call);
        _messages = null;
    }

    public void Add(ToolCallEnded result)
    {
        _results[result.CallId] = result;
        _messages = null;
    }

    public void End(ReplyEnded ended)
    {
        _ended = ended;
        _messages = null;
    }

    public override IEnumerable<ChatMessage> Messages() => _messages ??= [.. Build()];

    private IEnumerable<ChatMessage> Build()
    {
        List<AIContent> said = [.. Reasoning(), .. Text(), .. _calls.Select(Call)];
        if (said.TrueForAll(content => content is TextReasoningContent))
        {
            yield break;
        }

        yield return new ChatMessage(ChatRole.Assistant, said);
        if (_calls.Count > 0)
        {
            yield return new ChatMessage(ChatRole.Tool, [.. _calls.SelectMany(Answer)]);
        }
    }

    // A reply that was cut off may hold half a block, whose signature would not match.
    private IEnumerable<AIContent> Reasoning() =>
        _ended is { Reasoning: { } blocks, StopReason: not (StopReason.Interrupted or StopReason.Failed) }
            ? blocks.Select(block => new TextReasoningContent(block.Text) { ProtectedData = block.Signature })
            : [];

    private IEnumerable<AIContent> Text() =>
        string.IsNullOrWhiteSpace(_ended?.Text) ? [] : [new TextContent(_ended.Text)];

    private static ToolCallReady Call(ToolCallStarted call) => new(call.CallId, call.Name, call.Input.GetRawText());

    private IEnumerable<AIContent> Answer(ToolCallStarted call)
    {
        if (!_results.TryGetValue(call.CallId, out var result))
        {
            return
            [
                new ToolCallAnswer(
                    call.CallId,
                    "Sage stopped before this call was done; it may have taken effect in part.",
                    true
                ),
            ];
        }

        var answer = new ToolCallAnswer(call.CallId, result.Text, result.Status != ToolCallStatus.Ok);
        return result.Images is { } images ? [answer, .. images.Select(PromptMessage.Image)] : [answer];
    }
}
