namespace Sage.TestKit.ScriptedModel;

/// <summary>Messages API events: blocks are opened, filled and closed in order.</summary>
internal sealed class AnthropicWriter(SseBody body, string model, string replyId) : ReplyWriter(body, model)
{
    private int _index = -1;
    private string? _open;

    public override void Begin(ScriptedUsage usage)
    {
        var message = new
        {
            id = replyId,
            type = "message",
            role = "assistant",
            model = Model,
            content = Array.Empty<object>(),
            stop_reason = (string?)null,
            stop_sequence = (string?)null,
            usage = Usage(usage, output: 1),
        };
        Send("message_start", new { type = "message_start", message });
        Ping();
    }

    public override void Text(string piece)
    {
        if (_open != "text")
        {
            Open("text", new { type = "text", text = "" });
        }
        Delta(new { type = "text_delta", text = piece });
    }

    public override void Reasoning(IReadOnlyList<string> pieces, string? signature)
    {
        Open(
            "thinking",
            new
            {
                type = "thinking",
                thinking = "",
                signature = "",
            }
        );
        foreach (var piece in pieces)
        {
            Delta(new { type = "thinking_delta", thinking = piece });
        }
        if (signature is not null)
        {
            Delta(new { type = "signature_delta", signature });
        }
        Close();
    }

    public override void RedactedReasoning(string payload)
    {
        Open("redacted_thinking", new { type = "redacted_thinking", data = payload });
        Close();
    }

    public override void BeginCall(string id, string name)
    {
        Open(
            "tool_use",
            new
            {
                type = "tool_use",
                id,
                name,
                input = new { },
            }
        );
        // The vendor's first piece is empty.
        CallArguments("");
    }

    public override void CallArguments(string piece) => Delta(new { type = "input_json_delta", partial_json = piece });

    public override void Ping() => Send("ping", new { type = "ping" });

    public override void Error(string type, string message) =>
        Send("error", new { type = "error", error = new { type, message } });

    public override void End(ScriptedStop stop, string? stopWord, ScriptedUsage usage)
    {
        Close();
        var delta = new { stop_reason = stopWord ?? Word(stop), stop_sequence = (string?)null };
        Send(
            "message_delta",
            new
            {
                type = "message_delta",
                delta,
                usage = Usage(usage, usage.Output),
            }
        );
        Send("message_stop", new { type = "message_stop" });
    }

    private static string Word(ScriptedStop stop) =>
        stop switch
        {
            ScriptedStop.ToolCalls => "tool_use",
            ScriptedStop.MaxTokens => "max_tokens",
            ScriptedStop.ContentFilter or ScriptedStop.Refusal => "refusal",
            _ => "end_turn",
        };

    /// <summary>This vendor counts cached tokens beside the input, not within it.</summary>
    private static object Usage(ScriptedUsage usage, int output) =>
        new
        {
            input_tokens = usage.Input - usage.Cached - usage.CacheWrite,
            cache_creation_input_tokens = usage.CacheWrite,
            cache_read_input_tokens = usage.Cached,
            output_tokens = output,
            service_tier = "standard",
        };

    private void Open(string kind, object block)
    {
        Close();
        _open = kind;
        _index++;
        Send(
            "content_block_start",
            new
            {
                type = "content_block_start",
                index = _index,
                content_block = block,
            }
        );
    }

    private void Delta(object delta) =>
        Send(
            "content_block_delta",
            new
            {
                type = "content_block_delta",
                index = _index,
                delta,
            }
        );

    private void Close()
    {
        if (_open is not null)
        {
            _open = null;
            Send("content_block_stop", new { type = "content_block_stop", index = _index });
        }
    }

    private void Send(string name, object payload) => Body.Event(payload, name);
}
