using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;

namespace Sage.Providers.OpenAI.Responses;

/// <summary>Turns the events of one streamed response into our contents.</summary>
internal sealed class ResponsesDecoder(string requestedModel, HashSet<string> usedCallIds) : IReplyDecoder
{
    private readonly Dictionary<int, OpenItem> _items = [];
    private string? _id;
    private string? _model;
    private bool _hasCalls;
    private bool _refused;
    private bool _hasBegun;

    /// <summary>An item of the output, from its first event to its last.</summary>
    private sealed class OpenItem(string callId, string name)
    {
        public string CallId { get; } = callId;
        public string Name { get; } = name;

        /// <summary>A call's arguments so far.</summary>
        public StringBuilder Arguments { get; } = new();

        /// <summary>Which part of a summary is being written.</summary>
        public int Part { get; set; }

        /// <summary>A call that was handed on.</summary>
        public bool IsReady { get; set; }
    }

    public Decoded Decode(string eventType, ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            // Not part of the format, but imitators send it behind the last event, or instead of it.
            return _hasBegun ? new Decoded(EventKind.End, End(null, null)) : throw new EmptyReplyException();
        }

        var item =
            JsonSerializer.Deserialize(data, ResponsesJson.Default.ResponsesEvent)
            ?? throw new JsonException("An event is null");
        switch (item.Type ?? eventType)
        {
            case "response.created" or "response.in_progress" or "response.queued":
                Begin(item.Response);
                return new Decoded(EventKind.KeepAlive);
            case "keepalive" or "ping":
                return new Decoded(EventKind.KeepAlive);
            case "error":
                throw Error(item.Error?.Code ?? item.Error?.Type ?? item.Code, item.Error?.Message ?? item.Message);
            case "response.failed":
                throw Error(item.Response?.Error?.Code, item.Response?.Error?.Message);
            case "response.completed" or "response.done":
                return new Decoded(EventKind.End, End(item.Response, null));
            case "response.incomplete":
                return new Decoded(EventKind.End, End(item.Response, item.Response?.IncompleteDetails?.Reason ?? ""));
            default:
                _hasBegun = true;
                var contents = Read(item);
                return new Decoded(EventKind.Data, contents.Count == 0 ? null : Update(contents));
        }
    }

    /// <summary>Only an event ends a response: a body that just stops is broken off.</summary>
    public ChatResponseUpdate? Complete() => _hasBegun ? null : throw new EmptyReplyException();

    private List<AIContent> Read(ResponsesEvent item)
    {
        var contents = new List<AIContent>(1);
        var index = item.OutputIndex ?? 0;
        switch (item.Type)
        {
            case "response.output_item.added" when item.Item is { Type: "function_call" } call:
                Start(index, call, contents);
                break;
            case "response.output_text.delta":
                AddText(index, item.Delta, contents);
                break;
            case "response.refusal.delta":
                _refused = true;
                AddText(index, item.Delta, contents);
                break;
            case "response.reasoning_summary_text.delta" or "response.reasoning_text.delta":
                AddReasoning(index, item, contents);
                break;
            case "response.function_call_arguments.delta" when _items.TryGetValue(index, out var call):
                call.Arguments.Append(item.Delta);
                contents.Add(new ToolCallDelta(call.CallId, call.Name, item.Delta ?? ""));
                break;
            case "response.function_call_arguments.done" when _items.TryGetValue(index, out var call):
                Finish(call, item.Arguments, contents);
                break;
            case "response.output_item.done" when item.Item is { } done:
                Close(index, done, contents);
                break;
        }

        return contents;
    }

    private OpenItem Start(int index, EventItem call, List<AIContent> contents)
    {
        var open = new OpenItem(CallIds.Claim(call.CallId ?? call.Id, usedCallIds), call.Name ?? "");
        _items[index] = open;
        contents.Add(new ToolCallDelta(open.CallId, open.Name, ""));
        return open;
    }

    private void Finish(OpenItem call, string? arguments, List<AIContent> contents)
    {
        if (!call.IsReady)
        {
            call.IsReady = _hasCalls = true;
            contents.Add(
                new ToolCallReady(
                    call.CallId,
                    call.Name,
                    string.IsNullOrEmpty(arguments) ? call.Arguments.ToString() : arguments
                )
            );
        }
    }

    private void AddText(int index, string? text, List<AIContent> contents)
    {
        if (!string.IsNullOrEmpty(text))
        {
            ItemAt(index);
            contents.Add(new TextContent(text));
        }
    }

    private void AddReasoning(int index, ResponsesEvent item, List<AIContent> contents)
    {
        if (!string.IsNullOrEmpty(item.Delta))
        {
            // A summary has parts, each a paragraph.
            var reasoning = ItemAt(index);
            var isNextPart = item.SummaryIndex > reasoning.Part;
            reasoning.Part = item.SummaryIndex ?? reasoning.Part;
            contents.Add(new TextReasoningContent(isNextPart ? "\n\n" + item.Delta : item.Delta));
        }
    }

    /// <summary>Imitators may send an item whole at its end, and nothing of it before.</summary>
    private void Close(int index, EventItem done, List<AIContent> contents)
    {
        switch (done.Type)
        {
            case "function_call":
                var call = _items.GetValueOrDefault(index) ?? Start(index, done, contents);
                Finish(call, done.Arguments, contents);
                break;
            case "message" when !_items.ContainsKey(index):
                foreach (var part in done.Content ?? [])
                {
                    _refused |= part.Type == "refusal";
                    AddText(index, part.Text ?? part.Refusal, contents);
                }

                break;
            case "reasoning" when done.EncryptedContent is { Length: > 0 } encrypted:
                var seal = ReasoningSeal.Close(requestedModel, done.Id ?? "rs", encrypted);
                contents.Add(new TextReasoningContent("") { ProtectedData = seal });
                break;
        }
    }

    /// <summary>The item, remembered from now on.</summary>
    private OpenItem ItemAt(int index) =>
        _items.TryGetValue(index, out var known) ? known : _items[index] = new OpenItem("", "");

    private void Begin(EventResponse? response)
    {
        _id ??= response?.Id;
        _model ??= response?.Model;
    }

    private ChatResponseUpdate End(EventResponse? response, string? incomplete)
    {
        Begin(response);
        var contents = new List<AIContent>();
        // Cut off: the model reads its own half-written call as that call's error.
        foreach (var call in _items.OrderBy(i => i.Key).Select(i => i.Value).Where(i => i.CallId.Length > 0))
        {
            Finish(call, null, contents);
        }

        if (response?.Usage is { } usage)
        {
            contents.Add(new UsageContent(Details(usage)));
        }

        var update = Update(contents);
        update.FinishReason = incomplete switch
        {
            null when _refused => new ChatFinishReason("refusal"),
            null => _hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            "max_output_tokens" or "max_tokens" => ChatFinishReason.Length,
            "content_filter" => ChatFinishReason.ContentFilter,
            _ => new ChatFinishReason(incomplete.Length == 0 ? "incomplete" : incomplete),
        };
        return update;
    }

    private static UsageDetails Details(EventUsage usage) =>
        new()
        {
            InputTokenCount = usage.InputTokens ?? 0,
            OutputTokenCount = usage.OutputTokens ?? 0,
            TotalTokenCount = (usage.InputTokens ?? 0) + (usage.OutputTokens ?? 0),
            CachedInputTokenCount = usage.InputTokensDetails?.CachedTokens ?? 0,
            ReasoningTokenCount = usage.OutputTokensDetails?.ReasoningTokens ?? 0,
        };

    private static StreamErrorException Error(string? code, string? message) =>
        new(code ?? "server_error", message ?? "");

    private ChatResponseUpdate Update(List<AIContent> contents) =>
        new(ChatRole.Assistant, contents)
        {
            ResponseId = _id,
            MessageId = _id,
            ModelId = _model,
        };
}
