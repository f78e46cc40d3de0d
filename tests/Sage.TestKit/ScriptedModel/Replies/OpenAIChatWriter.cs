namespace Sage.TestKit.ScriptedModel;

/// <summary>Chat Completions chunks.</summary>
internal sealed class OpenAIChatWriter(SseBody body, string model, string replyId, bool includeUsage)
    : ReplyWriter(body, model)
{
    private int _calls;

    public override void Begin(ScriptedUsage usage) =>
        Chunk(
            new
            {
                role = "assistant",
                content = "",
                refusal = (string?)null,
            }
        );

    public override void Text(string piece) => Chunk(new { content = piece });

    public override void Reasoning(IReadOnlyList<string> pieces, string? signature)
    {
        foreach (var piece in pieces)
        {
            Chunk(new { reasoning_content = piece });
        }
    }

    public override void RedactedReasoning(string payload) { }

    public override void BeginCall(string id, string name) =>
        ToolCalls(
            new
            {
                index = _calls++,
                id,
                type = "function",
                function = new { name, arguments = "" },
            }
        );

    public override void CallArguments(string piece) =>
        ToolCalls(new { index = _calls - 1, function = new { arguments = piece } });

    public override void Ping() => Body.Raw(": keep-alive\n\n");

    public override void Error(string type, string message) =>
        Body.Event(
            new
            {
                error = new
                {
                    message,
                    type,
                    param = (string?)null,
                    code = type,
                },
            }
        );

    public override void End(ScriptedStop stop, string? stopWord, ScriptedUsage usage)
    {
        Chunk(new { }, stopWord ?? Word(stop));
        if (includeUsage)
        {
            Body.Event(UsageChunk(usage));
        }
        Body.Raw("data: [DONE]\n\n");
    }

    private static string Word(ScriptedStop stop) =>
        stop switch
        {
            ScriptedStop.ToolCalls => "tool_calls",
            ScriptedStop.MaxTokens => "length",
            ScriptedStop.ContentFilter or ScriptedStop.Refusal => "content_filter",
            _ => "stop",
        };

    private void ToolCalls(object call) => Chunk(new { tool_calls = new[] { call } });

    private void Chunk(object delta, string? finishReason = null) =>
        Body.Event(
            new
            {
                id = replyId,
                @object = "chat.completion.chunk",
                created = 1_790_000_000,
                model = Model,
                service_tier = "default",
                system_fingerprint = "fp_scripted",
                choices = new[]
                {
                    new
                    {
                        index = 0,
                        delta,
                        logprobs = (string?)null,
                        finish_reason = finishReason,
                    },
                },
                usage = (string?)null,
            }
        );

    private object UsageChunk(ScriptedUsage usage) =>
        new
        {
            id = replyId,
            @object = "chat.completion.chunk",
            created = 1_790_000_000,
            model = Model,
            choices = Array.Empty<object>(),
            usage = new
            {
                prompt_tokens = usage.Input,
                completion_tokens = usage.Output,
                total_tokens = usage.Input + usage.Output,
                prompt_tokens_details = new { cached_tokens = usage.Cached, audio_tokens = 0 },
                completion_tokens_details = new { reasoning_tokens = usage.Reasoning, audio_tokens = 0 },
            },
        };
}
