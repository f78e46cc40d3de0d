using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.Events;

namespace Sage.Agent.Context;

/// <summary>A part of the conversation that becomes one or more messages.</summary>
internal abstract class Passage
{
    private long? _characters;

    public abstract IEnumerable<ChatMessage> Messages();

    /// <summary>How much of a request it takes.</summary>
    public long Characters => _characters ??= MessageSize.Of(Messages());

    /// <summary>How much <see cref="Prune"/> would save.</summary>
    public virtual long PrunableCharacters => 0;

    /// <summary>Leaves out what a tool can tell again.</summary>
    public virtual void Prune() { }

    /// <summary>What brings it back.</summary>
    public abstract PassageState Save();

    /// <summary>Its messages are others now.</summary>
    protected void Changed() => _characters = null;
}

/// <summary>What the user said.</summary>
internal sealed class Prompt(ChatMessage message) : Passage
{
    public override IEnumerable<ChatMessage> Messages() => [message];

    public override PassageState Save() => new PromptState(message.Text, PromptMessage.ImagesOf(message));
}

/// <summary>A reply of the model with its calls and their results.</summary>
internal sealed class Reply(string id) : Passage
{
    private readonly List<ToolCallStarted> _calls = [];
    private readonly Dictionary<string, ToolCallEnded> _results = new(StringComparer.Ordinal);
    private ReplyEnded? _ended;
    private List<ChatMessage>? _messages;

    /// <summary>The result of a call of which nobody knows how far it got.</summary>
    public const string NotDone = "Sage stopped before this call was done; it may have taken effect in part.";

    // Shorter ones say what happened, and take less than the words that they were left out.
    private const int LongestKept = 400;

    public Reply(ReplyState saved)
        : this(saved.Id)
    {
        _calls.AddRange(saved.Calls);
        foreach (var result in saved.Results)
        {
            _results[result.CallId] = result;
        }

        _ended = saved.Ended;
    }

    public string Id { get; } = id;

    public IEnumerable<string> CallIds => _calls.Select(call => call.CallId);

    /// <summary>Its text, when it is complete.</summary>
    public string Words => _ended?.Text ?? "";

    public override PassageState Save() => new ReplyState(Id, [.. _calls], [.. _results.Values], _ended);

    public void Add(ToolCallStarted call)
    {
        _calls.Add(call);
        Rebuild();
    }

    public void Add(ToolCallEnded result)
    {
        _results[result.CallId] = result;
        Rebuild();
    }

    public void End(ReplyEnded ended)
    {
        _ended = ended;
        Rebuild();
    }

    public override long PrunableCharacters =>
        _results
            .Values.Where(IsLong)
            .Sum(result => result.Text.Length + (result.Images?.Length ?? 0) * MessageSize.Image - LongestKept);

    public override void Prune()
    {
        foreach (var result in _results.Values.Where(IsLong).ToList())
        {
            _results[result.CallId] = result with
            {
                Text =
                    $"(Left out to make room: {result.Text.Length:N0} characters. Call the tool again, for no more than you need.)",
                Images = null,
            };
        }

        Rebuild();
    }

    private static bool IsLong(ToolCallEnded result) =>
        result.Text.Length > LongestKept || result.Images is { Length: > 0 };

    private void Rebuild()
    {
        _messages = null;
        Changed();
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

    private static ToolCallReady Call(ToolCallStarted call) => new(call.CallId, call.Name, Respelled(call.Input));

    /// <summary>
    /// Arguments as the journal writes them, whatever blanks and escapes the model used: a session that is opened again sends the same
    /// bytes as before.
    /// </summary>
    private static string Respelled(JsonElement input)
    {
        var text = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(text, options))
        {
            input.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private IEnumerable<AIContent> Answer(ToolCallStarted call)
    {
        if (!_results.TryGetValue(call.CallId, out var result))
        {
            return [new ToolCallAnswer(call.CallId, NotDone, true)];
        }

        var answer = new ToolCallAnswer(call.CallId, result.Text, result.Status != ToolCallStatus.Ok);
        return result.Images is { } images ? [answer, .. images.Select(PromptMessage.Image)] : [answer];
    }
}
