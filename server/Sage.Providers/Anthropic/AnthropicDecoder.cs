using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;

namespace Sage.Providers.Anthropic;

/// <summary>Turns the events of one streamed message into our contents.</summary>
internal sealed class AnthropicDecoder(string requestedModel, HashSet<string> usedCallIds) : IReplyDecoder
{
    private readonly Dictionary<int, OpenBlock> _blocks = [];
    private readonly EventUsage _usage = new();
    private string? _id;
    private string? _model;
    private string? _stopReason;
    private bool _hasBegun;

    /// <summary>A content block that is still being written.</summary>
    private sealed record OpenBlock(string Kind, string CallId, string Name, string InitialInput)
    {
        /// <summary>A call's arguments, or a thinking block's signature.</summary>
        public StringBuilder Text { get; } = new();
    }

    public Decoded Decode(string eventType, ReadOnlySpan<byte> data)
    {
        var item =
            JsonSerializer.Deserialize(data, AnthropicJson.Default.MessagesEvent)
            ?? throw new JsonException("An event is null");
        switch (item.Type)
        {
            case "ping":
                return new Decoded(EventKind.KeepAlive);
            case "error":
                throw new StreamErrorException(item.Error?.Type ?? "api_error", item.Error?.Message ?? "");
            case "message_stop" when !_hasBegun:
                throw new EmptyReplyException();
            case "message_stop":
                return new Decoded(EventKind.End, End());
            default:
                return new Decoded(EventKind.Data, Read(item) is { } content ? Update([content]) : null);
        }
    }

    public ChatResponseUpdate? Complete() =>
        !_hasBegun ? throw new EmptyReplyException()
        : _stopReason is null ? null
        : End();

    private AIContent? Read(MessagesEvent item)
    {
        switch (item.Type)
        {
            case "message_start":
                _hasBegun = true;
                _id = item.Message?.Id;
                _model = item.Message?.Model;
                Count(item.Message?.Usage);
                return null;
            case "message_delta":
                _stopReason = item.Delta?.StopReason ?? _stopReason;
                Count(item.Usage);
                return null;
            case "content_block_start" when item.ContentBlock is { } block:
                return Begin(item.Index ?? 0, block);
            case "content_block_delta" when item.Delta is { } delta:
                return Grow(item.Index ?? 0, delta);
            case "content_block_stop":
                return _blocks.Remove(item.Index ?? 0, out var open) ? Close(open) : null;
            default:
                return null;
        }
    }

    private AIContent? Begin(int index, EventBlock block)
    {
        var isCall = block.Type == "tool_use";
        var callId = isCall ? CallIds.Claim(block.Id, usedCallIds) : "";
        var input = block.Input is { ValueKind: JsonValueKind.Object } given ? given.GetRawText() : "";
        var open = new OpenBlock(block.Type ?? "", callId, block.Name ?? "", input);
        _blocks[index] = open;
        switch (block.Type)
        {
            case "tool_use":
                return new ToolCallDelta(callId, open.Name, "");
            case "text" when !string.IsNullOrEmpty(block.Text):
                return new TextContent(block.Text);
            case "thinking":
                open.Text.Append(block.Signature);
                return string.IsNullOrEmpty(block.Thinking) ? null : new TextReasoningContent(block.Thinking);
            case "redacted_thinking" when block.Data is { } payload:
                return new TextReasoningContent("") { ProtectedData = ReasoningSeal.Redact(requestedModel, payload) };
            default:
                return null;
        }
    }

    private AIContent? Grow(int index, EventDelta delta)
    {
        switch (delta.Type)
        {
            case "text_delta":
                return string.IsNullOrEmpty(delta.Text) ? null : new TextContent(delta.Text);
            case "thinking_delta":
                return string.IsNullOrEmpty(delta.Thinking) ? null : new TextReasoningContent(delta.Thinking);
            case "signature_delta" when _blocks.TryGetValue(index, out var thinking):
                thinking.Text.Append(delta.Signature);
                return null;
            case "input_json_delta" when _blocks.TryGetValue(index, out var call):
                call.Text.Append(delta.PartialJson);
                return string.IsNullOrEmpty(delta.PartialJson)
                    ? null
                    : new ToolCallDelta(call.CallId, call.Name, delta.PartialJson);
            default:
                return null;
        }
    }

    private AIContent? Close(OpenBlock block) =>
        block.Kind switch
        {
            "tool_use" => new ToolCallReady(block.CallId, block.Name, Arguments(block)),
            "thinking" when block.Text.Length > 0 => new TextReasoningContent("")
            {
                ProtectedData = ReasoningSeal.Sign(requestedModel, block.Text.ToString()),
            },
            _ => null,
        };

    /// <summary>Compatible servers may send the whole input with the start of the block, and no pieces.</summary>
    private static string Arguments(OpenBlock block) =>
        block.Text.Length > 0 ? block.Text.ToString()
        : block.InitialInput is "{}" ? ""
        : block.InitialInput;

    private void Count(EventUsage? usage)
    {
        _usage.InputTokens = usage?.InputTokens ?? _usage.InputTokens;
        _usage.CacheCreationInputTokens = usage?.CacheCreationInputTokens ?? _usage.CacheCreationInputTokens;
        _usage.CacheReadInputTokens = usage?.CacheReadInputTokens ?? _usage.CacheReadInputTokens;
        _usage.OutputTokens = usage?.OutputTokens ?? _usage.OutputTokens;
        _usage.OutputTokensDetails = usage?.OutputTokensDetails ?? _usage.OutputTokensDetails;
    }

    private ChatResponseUpdate End()
    {
        var contents = new List<AIContent>();
        // A body that ends after the stop reason has still told all there is of its blocks.
        foreach (var open in _blocks.OrderBy(b => b.Key).Select(b => b.Value))
        {
            if (Close(open) is { } content)
            {
                contents.Add(content);
            }
        }
        _blocks.Clear();
        contents.Add(new UsageContent(Details()));
        var update = Update(contents);
        update.FinishReason = FinishReason(_stopReason);
        return update;
    }

    private UsageDetails Details()
    {
        var cached = _usage.CacheReadInputTokens ?? 0;
        var written = _usage.CacheCreationInputTokens ?? 0;
        var input = (_usage.InputTokens ?? 0) + cached + written;
        return new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = _usage.OutputTokens ?? 0,
            TotalTokenCount = input + (_usage.OutputTokens ?? 0),
            CachedInputTokenCount = cached,
            ReasoningTokenCount = _usage.OutputTokensDetails?.ThinkingTokens ?? 0,
            AdditionalCounts = written > 0 ? new() { [UsageCounts.CacheWrite] = written } : null,
        };
    }

    private static ChatFinishReason FinishReason(string? stopReason) =>
        stopReason switch
        {
            null or "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
            "tool_use" => ChatFinishReason.ToolCalls,
            "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
            "refusal" => new ChatFinishReason("refusal"),
            _ => new ChatFinishReason(stopReason),
        };

    private ChatResponseUpdate Update(List<AIContent> contents) =>
        new(ChatRole.Assistant, contents)
        {
            ResponseId = _id,
            MessageId = _id,
            ModelId = _model,
        };
}
