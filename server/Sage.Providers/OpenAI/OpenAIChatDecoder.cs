using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;

namespace Sage.Providers.OpenAI;

/// <summary>Turns chat completion chunks into our contents, whatever dialect the server speaks.</summary>
/// <remarks>
/// The SDK's own reader is not used: it throws for an empty role, for a finish reason it does not know and for arguments that are
/// not a string, all of which OpenAI-compatible servers send, and it does not show their reasoning.
/// </remarks>
internal sealed class OpenAIChatDecoder(HashSet<string> usedCallIds, bool keepsReasoning) : IReplyDecoder
{
    private readonly ToolCallAssembler _calls = new(usedCallIds);
    private ChunkUsage? _usage;
    private string? _finishReason;
    private string? _id;
    private string? _model;
    private bool _refused;
    private bool _reasons;
    private bool _hasBegun;

    public Decoded Decode(string eventType, ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            return _hasBegun ? new Decoded(EventKind.End, End()) : throw new EmptyReplyException();
        }
        var chunk = JsonSerializer.Deserialize(data, ChunkJson.Default.ChatChunk) ?? new ChatChunk();
        if (chunk.Error is { ValueKind: not JsonValueKind.Null })
        {
            var said = VendorWords.Read(JsonDocument.Parse(data.ToArray()).RootElement);
            throw new StreamErrorException(said.Kind, said.Message);
        }
        _id ??= chunk.Id;
        _model ??= chunk.Model;
        _usage = chunk.Usage ?? _usage;
        _hasBegun |= chunk.Choices is not null;
        return new Decoded(EventKind.Data, chunk.Choices is [{ } choice, ..] ? Read(choice) : null);
    }

    public ChatResponseUpdate? Complete() =>
        !_hasBegun ? throw new EmptyReplyException()
        : _finishReason is null ? null
        : End();

    private ChatResponseUpdate? Read(ChunkChoice choice)
    {
        var contents = new List<AIContent>(1);
        if (choice.Delta is { } delta)
        {
            AddReasoning(delta, contents);
            AddText(delta, contents);
            foreach (var call in delta.ToolCalls ?? [])
            {
                _calls.Add(call, contents);
            }
        }
        if (!string.IsNullOrEmpty(choice.FinishReason))
        {
            _finishReason ??= choice.FinishReason;
            // Usage still comes; the calls need not wait for it.
            CloseReasoning(contents);
            _calls.Finish(contents);
        }
        return contents.Count == 0 ? null : Update(contents);
    }

    private void AddReasoning(ChunkDelta delta, List<AIContent> contents)
    {
        var reasoning = string.IsNullOrEmpty(delta.ReasoningContent) ? delta.Reasoning : delta.ReasoningContent;
        if (!string.IsNullOrEmpty(reasoning))
        {
            _reasons = true;
            contents.Add(new TextReasoningContent(reasoning));
        }
    }

    private void AddText(ChunkDelta delta, List<AIContent> contents)
    {
        var text = string.IsNullOrEmpty(delta.Content) ? delta.Refusal : delta.Content;
        if (!string.IsNullOrEmpty(text))
        {
            _refused |= !string.IsNullOrEmpty(delta.Refusal);
            CloseReasoning(contents);
            contents.Add(new TextContent(text));
        }
    }

    /// <summary>Marks the block as one that this kind of server wants back.</summary>
    private void CloseReasoning(List<AIContent> contents)
    {
        if (_reasons && keepsReasoning)
        {
            contents.Add(new TextReasoningContent("") { ProtectedData = OpenAIChatRequest.ReasoningMark });
        }
        _reasons = false;
    }

    private ChatResponseUpdate End()
    {
        var contents = new List<AIContent>();
        CloseReasoning(contents);
        _calls.Finish(contents);
        if (_usage is { } usage)
        {
            contents.Add(new UsageContent(Details(usage)));
        }
        var update = Update(contents);
        update.FinishReason = FinishReason();
        return update;
    }

    private ChatFinishReason FinishReason() =>
        _refused
            ? new ChatFinishReason("refusal")
            : _finishReason switch
            {
                // Many servers say "stop" after calls too.
                null or "" or "stop" or "tool_calls" or "function_call" or "eos" or "end_turn" => _calls.HasCalls
                    ? ChatFinishReason.ToolCalls
                    : ChatFinishReason.Stop,
                "length" or "max_tokens" or "model_length" => ChatFinishReason.Length,
                "content_filter" or "sensitive" => ChatFinishReason.ContentFilter,
                var other => new ChatFinishReason(other),
            };

    private static UsageDetails Details(ChunkUsage usage) =>
        new()
        {
            InputTokenCount = usage.PromptTokens ?? 0,
            OutputTokenCount = usage.CompletionTokens ?? 0,
            TotalTokenCount = (usage.PromptTokens ?? 0) + (usage.CompletionTokens ?? 0),
            CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens ?? usage.PromptCacheHitTokens ?? 0,
            ReasoningTokenCount = usage.CompletionTokensDetails?.ReasoningTokens ?? 0,
        };

    private ChatResponseUpdate Update(List<AIContent> contents) =>
        new(ChatRole.Assistant, contents)
        {
            ResponseId = _id,
            MessageId = _id,
            ModelId = _model,
        };
}
