using System.Text;
using System.Text.Json;

namespace Sage.TestKit.ScriptedModel;

/// <summary>Events of the Responses API: items that are added, grow and are done, between <c>created</c> and <c>completed</c>.</summary>
internal sealed class OpenAIResponsesWriter(SseBody body, string model, string responseId) : ReplyWriter(body, model)
{
    private readonly List<object> _output = [];
    private int _sequence;
    private StringBuilder? _text;
    private (string Id, string CallId, string Name, string Arguments)? _call;

    public override void Begin(ScriptedUsage usage)
    {
        Event("response.created", new { response = Response("in_progress") });
        Event("response.in_progress", new { response = Response("in_progress") });
    }

    public override void Text(string piece)
    {
        CloseCall();
        if (_text is null)
        {
            OpenText();
        }

        _text!.Append(piece);
        Event(
            "response.output_text.delta",
            new
            {
                item_id = ItemId("msg"),
                output_index = _output.Count,
                content_index = 0,
                delta = piece,
                logprobs = Array.Empty<object>(),
            }
        );
    }

    private void OpenText()
    {
        _text = new StringBuilder();
        Item(
            "added",
            new
            {
                id = ItemId("msg"),
                type = "message",
                status = "in_progress",
                role = "assistant",
                content = Array.Empty<object>(),
            }
        );
        Event(
            "response.content_part.added",
            new
            {
                item_id = ItemId("msg"),
                output_index = _output.Count,
                content_index = 0,
                part = new
                {
                    type = "output_text",
                    annotations = Array.Empty<object>(),
                    text = "",
                },
            }
        );
    }

    public override void Reasoning(IReadOnlyList<string> pieces, string? signature)
    {
        CloseItem();
        var id = ItemId("rs");
        Item(
            "added",
            new
            {
                id,
                type = "reasoning",
                summary = Array.Empty<object>(),
                encrypted_content = "",
            }
        );
        foreach (var piece in pieces)
        {
            Event(
                "response.reasoning_summary_text.delta",
                new
                {
                    item_id = id,
                    output_index = _output.Count,
                    summary_index = 0,
                    delta = piece,
                }
            );
        }

        object[] summary = pieces.Count == 0 ? [] : [new { type = "summary_text", text = string.Concat(pieces) }];
        Done(
            new
            {
                id,
                type = "reasoning",
                summary,
                encrypted_content = signature,
            }
        );
    }

    public override void RedactedReasoning(string payload) => Reasoning([], payload);

    public override void BeginCall(string id, string name)
    {
        CloseItem();
        _call = (ItemId("fc"), id, name, "");
        Item("added", CallItem("in_progress"));
    }

    public override void CallArguments(string piece)
    {
        var call = _call!.Value;
        _call = call with { Arguments = call.Arguments + piece };
        Event(
            "response.function_call_arguments.delta",
            new
            {
                item_id = call.Id,
                output_index = _output.Count,
                delta = piece,
            }
        );
    }

    public override void Ping() => Body.Raw(": keep-alive\n\n");

    /// <summary>As the vendor does, the connection may stay open behind it.</summary>
    public override void Error(string type, string message) =>
        Event(
            "response.failed",
            new
            {
                response = new
                {
                    id = responseId,
                    @object = "response",
                    status = "failed",
                    model = Model,
                    output = _output,
                    error = new { code = type, message },
                },
            }
        );

    public override void End(ScriptedStop stop, string? stopWord, ScriptedUsage usage)
    {
        if (stop == ScriptedStop.Refusal)
        {
            Event(
                "response.refusal.delta",
                new
                {
                    item_id = ItemId("msg"),
                    output_index = _output.Count,
                    content_index = 0,
                    delta = "I cannot help with that.",
                }
            );
        }

        var reason =
            stopWord
            ?? stop switch
            {
                ScriptedStop.MaxTokens => "max_output_tokens",
                ScriptedStop.ContentFilter => "content_filter",
                _ => null,
            };
        if (reason is null)
        {
            CloseItem();
        }

        var kind = reason is null ? "completed" : "incomplete";
        Event($"response.{kind}", new { response = Response(kind, reason, usage) });
    }

    private void CloseItem()
    {
        CloseCall();
        if (_text is not null)
        {
            var text = _text.ToString();
            Event(
                "response.output_text.done",
                new
                {
                    item_id = ItemId("msg"),
                    output_index = _output.Count,
                    content_index = 0,
                    text,
                }
            );
            _text = null;
            Done(
                new
                {
                    id = ItemId("msg"),
                    type = "message",
                    status = "completed",
                    role = "assistant",
                    content = new[]
                    {
                        new
                        {
                            type = "output_text",
                            annotations = Array.Empty<object>(),
                            text,
                        },
                    },
                }
            );
        }
    }

    private void CloseCall()
    {
        if (_call is { } call)
        {
            Event(
                "response.function_call_arguments.done",
                new
                {
                    item_id = call.Id,
                    output_index = _output.Count,
                    arguments = call.Arguments,
                }
            );
            Done(CallItem("completed"));
            _call = null;
        }
    }

    private object CallItem(string status)
    {
        var (id, callId, name, arguments) = _call!.Value;
        return new
        {
            id,
            type = "function_call",
            status,
            call_id = callId,
            name,
            arguments,
        };
    }

    private string ItemId(string kind) => $"{kind}_{responseId}_{_output.Count}";

    private void Item(string what, object item) =>
        Event($"response.output_item.{what}", new { output_index = _output.Count, item });

    private void Done(object item)
    {
        Item("done", item);
        _output.Add(item);
    }

    private object Response(string status, string? incomplete = null, ScriptedUsage? usage = null) =>
        new
        {
            id = responseId,
            @object = "response",
            created_at = 1_790_000_000,
            status,
            model = Model,
            output = _output,
            error = (object?)null,
            incomplete_details = incomplete is null ? null : new { reason = incomplete },
            usage = usage is null
                ? null
                : new
                {
                    input_tokens = usage.Input,
                    input_tokens_details = new { cached_tokens = usage.Cached },
                    output_tokens = usage.Output,
                    output_tokens_details = new { reasoning_tokens = usage.Reasoning },
                    total_tokens = usage.Input + usage.Output,
                },
        };

    private void Event(string type, object members)
    {
        var payload = JsonSerializer.SerializeToNode(members)!.AsObject();
        payload.Insert(0, "type", type);
        payload["sequence_number"] = _sequence++;
        Body.Event(payload, type);
    }
}
