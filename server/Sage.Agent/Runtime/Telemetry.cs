using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;
using Sage.Protocol.Turns;

namespace Sage.Agent.Runtime;

/// <summary>
/// What runs, as spans and measurements for whoever listens: names, numbers and ids, never words, paths or command lines.
/// docs/telemetry.md lists them all; the names follow OpenTelemetry's conventions for generative AI where there is one.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "Sage";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly UpDownCounter<int> Active = Meter.CreateUpDownCounter<int>(
        "sage.work.active",
        "{item}",
        "What runs now, by kind."
    );

    private static readonly Histogram<double> Turns = Meter.CreateHistogram<double>(
        "sage.turn.duration",
        "s",
        "From the prompt to the recorded end."
    );

    private static readonly Histogram<double> Replies = Meter.CreateHistogram<double>(
        "gen_ai.client.operation.duration",
        "s",
        "One model request, its retries included."
    );

    private static readonly Histogram<long> Tokens = Meter.CreateHistogram<long>(
        "gen_ai.client.token.usage",
        "{token}",
        "Tokens of one model request, as the provider counted them."
    );

    private static readonly Counter<int> Retries = Meter.CreateCounter<int>(
        "sage.model_request.retries",
        "{retry}",
        "Model requests that were sent again."
    );

    private static readonly Histogram<double> Calls = Meter.CreateHistogram<double>(
        "sage.tool_call.duration",
        "s",
        "The tool's own work."
    );

    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>(
        "sage.tool_call.wait",
        "s",
        "From the last of a call's arguments until its tool works: other calls, the user, other sessions."
    );

    /// <summary>Begins the span of something that runs; null when nobody listens.</summary>
    internal static Activity? Begin(WorkKind kind, Activity? parent)
    {
        Count(kind, 1);
        if (!Source.HasListeners())
        {
            return null;
        }

        // The current activity stays none: requests to models would carry the trace's id to their vendors.
        var span = Source.StartActivity(
            NameOf(kind),
            kind == WorkKind.ModelRequest ? ActivityKind.Client : ActivityKind.Internal,
            parent?.Context ?? default
        );
        Activity.Current = null;
        return span;
    }

    internal static void End(WorkKind kind, Activity? span)
    {
        Count(kind, -1);
        span?.Dispose();
    }

    internal static void TurnEnded(Work turn, string sessionId, TurnOutcome outcome, TokenUsage usage)
    {
        var how = Word(outcome);
        Turns.Record(turn.Age.TotalSeconds, new KeyValuePair<string, object?>("sage.turn.outcome", how));
        if (turn.Span is { } span)
        {
            span.SetTag("gen_ai.operation.name", "invoke_agent");
            span.SetTag("gen_ai.agent.name", "sage");
            span.SetTag("gen_ai.conversation.id", sessionId);
            span.SetTag("sage.turn.outcome", how);
            SetUsage(span, usage);
            Fail(span, outcome == TurnOutcome.Failed ? how : null);
        }
    }

    internal static void ReplyEnded(Work request, LanguageModel model, ReplySummary reply)
    {
        var (provider, name) = NamesOf(model);
        var failure = reply.Failure?.Code;
        var tags = new TagList
        {
            { "gen_ai.operation.name", "chat" },
            { "gen_ai.provider.name", provider },
            { "gen_ai.request.model", name },
        };
        Count(Tokens, reply.Usage.InputTokens, tags, "input");
        Count(Tokens, reply.Usage.OutputTokens, tags, "output");
        if (failure is not null)
        {
            tags.Add("error.type", failure);
        }

        Replies.Record(request.Age.TotalSeconds, tags);
        if (request.Span is { } span)
        {
            span.DisplayName = $"chat {name}";
            foreach (var (key, value) in tags)
            {
                span.SetTag(key, value);
            }

            span.SetTag("gen_ai.response.finish_reasons", new[] { Word(reply.StopReason) });
            SetUsage(span, reply.Usage);
            Fail(span, failure);
        }
    }

    internal static void Retrying(Work request, LanguageModel model)
    {
        Retries.Add(1, new KeyValuePair<string, object?>("gen_ai.provider.name", NamesOf(model).Provider));
        request.Span?.AddEvent(new ActivityEvent("sage.retry"));
    }

    internal static void CallEnded(ToolCall call, ToolCallStatus status, long durationMs)
    {
        if (!Calls.Enabled && call.Work.Span is null)
        {
            return;
        }

        // What the model calls a tool that there is not could be any words.
        var tool = call.Tool?.Definition.Name ?? "unknown";
        var tags = new TagList { { "gen_ai.tool.name", tool }, { "sage.tool_call.status", Word(status) } };
        var duration = durationMs / 1000d;
        Calls.Record(duration, tags);
        Waits.Record(Math.Max(0, call.Work.Age.TotalSeconds - duration), tags);
        if (call.Work.Span is { } span)
        {
            span.DisplayName = $"execute_tool {tool}";
            span.SetTag("gen_ai.operation.name", "execute_tool");
            span.SetTag("gen_ai.tool.name", tool);
            span.SetTag("gen_ai.tool.call.id", call.Id);
            span.SetTag("sage.tool_call.status", Word(status));
            span.SetTag("sage.tool_call.duration", duration);
            Fail(span, status == ToolCallStatus.Ok ? null : Word(status));
        }
    }

    private static void Count(WorkKind kind, int change)
    {
        if (Active.Enabled)
        {
            Active.Add(change, new KeyValuePair<string, object?>("sage.work.kind", Word(kind)));
        }
    }

    private static void Count(Histogram<long> tokens, long count, TagList tags, string type)
    {
        if (count > 0)
        {
            tags.Add("gen_ai.token.type", type);
            tokens.Record(count, tags);
        }
    }

    private static void SetUsage(Activity span, TokenUsage usage)
    {
        span.SetTag("gen_ai.usage.input_tokens", usage.InputTokens);
        span.SetTag("gen_ai.usage.output_tokens", usage.OutputTokens);
        span.SetTag("gen_ai.usage.cache_read.input_tokens", usage.CachedInputTokens);
    }

    private static void Fail(Activity span, string? error)
    {
        if (error is not null)
        {
            span.SetTag("error.type", error);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static (string Provider, string Model) NamesOf(LanguageModel model) =>
        model.Id.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
            ? (model.Id[..slash], model.Id[(slash + 1)..])
            : ("", model.Id);

    private static string NameOf(WorkKind kind) =>
        kind switch
        {
            WorkKind.Turn => "invoke_agent sage",
            WorkKind.ModelRequest => "chat",
            WorkKind.ToolCall => "execute_tool",
            WorkKind.Process => "process",
            WorkKind.InlineEdit => "inline_edit",
            _ => "background_task",
        };

    /// <summary>An enum's member as the protocol spells it.</summary>
    private static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
