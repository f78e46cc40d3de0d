using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.AI;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;
using Sage.Agent.Sessions;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;
using Sage.Protocol.Turns;

namespace Sage.Agent.LanguageModels;

/// <summary>What one model request gave.</summary>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Calls">How many tool calls it made.</param>
/// <param name="IsEmpty">True when there was neither text nor a call.</param>
/// <param name="Usage">Tokens, as the provider counted them.</param>
/// <param name="Failure">Set when the request failed; what had arrived is kept.</param>
internal sealed record ReplySummary(
    StopReason StopReason,
    int Calls,
    bool IsEmpty,
    TokenUsage Usage,
    ModelException? Failure
);

/// <summary>Reads one streamed reply: streams its pieces on, hands over each tool call when it is complete, records its end.</summary>
/// <param name="replyId">The reply's id in this session.</param>
/// <param name="recorder">The session's writer.</param>
/// <param name="request">The request among what runs.</param>
/// <param name="callIds">Makes the provider's call ids unique in the session.</param>
/// <param name="onCall">Takes a complete call, in call order.</param>
internal sealed class ReplyReader(
    string replyId,
    SessionRecorder recorder,
    Work request,
    CallIds callIds,
    Func<string, ToolCallReady, ValueTask> onCall
)
{
    private readonly StringBuilder _text = new();
    private readonly ReasoningBlocks _reasoning = new();
    private readonly SecretStream _textSecrets = new(recorder.Secrets);
    private readonly SecretStream _reasoningSecrets = new(recorder.Secrets);
    private readonly Dictionary<string, SecretStream> _callSecrets = [];
    private int _reasoned;
    private TokenUsage _usage = TokenUsage.Zero;
    private ChatFinishReason? _finish;
    private int _calls;

    public async Task<ReplySummary> ReadAsync(
        LanguageModel model,
        IEnumerable<ChatMessage> messages,
        ChatOptions options,
        CancellationToken cancellationToken
    )
    {
        ModelException? failure = null;
        var stop = StopReason.Interrupted;
        request.State = WorkState.Connecting;
        try
        {
            await foreach (var update in model.Client.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                _finish = update.FinishReason ?? _finish;
                foreach (var content in update.Contents)
                {
                    request.State = WorkState.Streaming;
                    if (content is RetryNotice)
                    {
                        request.State = WorkState.BackingOff;
                        Telemetry.Retrying(request, model);
                    }

                    await TakeAsync(content, model, cancellationToken);
                }
            }

            stop = Classify();
        }
        catch (ModelException error)
        {
            failure = error;
            stop = StopReason.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stop = StopReason.Interrupted;
        }

        request.How = stop == StopReason.Interrupted ? "cancelled" : "finished";
        await EndAsync(stop, model);
        return new ReplySummary(stop, _calls, _calls == 0 && _text.Length == 0, _usage, failure);
    }

    private async ValueTask TakeAsync(AIContent content, LanguageModel model, CancellationToken cancellationToken)
    {
        switch (content)
        {
            case TextReasoningContent reasoning:
                _reasoning.Add(reasoning);
                await ReasonAsync(_reasoningSecrets.Feed(reasoning.Text), cancellationToken);
                break;
            case TextContent text:
                await SayAsync(_textSecrets.Feed(text.Text), cancellationToken);
                break;
            case ToolCallDelta delta:
                await DraftAsync(callIds.Of(replyId, delta.CallId), delta, cancellationToken);
                break;
            case ToolCallReady ready:
                _calls++;
                await onCall(callIds.Of(replyId, ready.CallId), ready);
                break;
            case UsageContent usage:
                _usage += model.UsageOf(usage.Details);
                break;
            case RetryNotice retry:
                var delay = (long)retry.Delay.TotalMilliseconds;
                await recorder.StreamAsync(new Retrying(retry.Attempt, delay, retry.Reason), cancellationToken);
                break;
        }
    }

    private async ValueTask SayAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > 0)
        {
            var offset = _text.Length;
            _text.Append(text);
            await recorder.StreamAsync(new TextDelta(replyId, offset, text), cancellationToken);
        }
    }

    private async ValueTask ReasonAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > 0)
        {
            var offset = _reasoned;
            _reasoned += text.Length;
            await recorder.StreamAsync(new ReasoningDelta(replyId, offset, text), cancellationToken);
        }
    }

    /// <summary>What is still held back when the call is complete is seen in the call itself.</summary>
    private async ValueTask DraftAsync(string callId, ToolCallDelta delta, CancellationToken cancellationToken)
    {
        ref var stream = ref CollectionsMarshal.GetValueRefOrAddDefault(_callSecrets, callId, out _);
        var text = (stream ??= new SecretStream(recorder.Secrets)).Feed(delta.Delta);
        await recorder.StreamAsync(new Protocol.Events.ToolCallDelta(callId, delta.Name, text), cancellationToken);
    }

    private async Task EndAsync(StopReason stop, LanguageModel model)
    {
        await ReasonAsync(_reasoningSecrets.Finish(), CancellationToken.None);
        await SayAsync(_textSecrets.Finish(), CancellationToken.None);
        var reasoning = _reasoning.ToBlocks();
        var ended = new ReplyEnded(replyId, stop, _text.ToString(), reasoning.IsEmpty ? null : reasoning);
        await recorder.RecordAsync(ended, CancellationToken.None);
        if (_usage != TokenUsage.Zero)
        {
            await recorder.RecordAsync(new UsageReported(replyId, _usage, model.Id), CancellationToken.None);
        }
    }

    private StopReason Classify() =>
        _finish?.Value switch
        {
            "stop" => _calls > 0 ? StopReason.ToolCalls : StopReason.EndTurn,
            "tool_calls" => StopReason.ToolCalls,
            "length" => StopReason.MaxTokens,
            "content_filter" => StopReason.ContentFilter,
            "refusal" => StopReason.Refusal,
            // Some compatible servers never send a reason; what they sent is then taken as whole.
            null => _calls > 0 ? StopReason.ToolCalls : StopReason.EndTurn,
            _ => StopReason.Unknown,
        };
}
