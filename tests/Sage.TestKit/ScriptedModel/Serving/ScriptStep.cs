using System.Text.Json;

namespace Sage.TestKit.ScriptedModel;

/// <summary>Turns one JSON reply of a script into a <see cref="ScriptedReply"/>.</summary>
internal static class ScriptStep
{
    private static readonly string[] ReplyWords =
    [
        "when",
        "repeat",
        "steps",
        "usage",
        "stop",
        "splitBytes",
        "http",
        "html",
        "beforeHeaders",
    ];

    public static ScriptedReply Build(JsonElement json, Func<string, ScriptedGate> gate)
    {
        var reply = new ScriptedReply();
        ReadFrame(reply, json, gate);
        if (json.TryGetProperty("steps", out var steps))
        {
            foreach (var step in steps.EnumerateArray())
            {
                Add(reply, step, gate);
            }
        }
        else if (json.EnumerateObject().Any(p => !ReplyWords.Contains(p.Name)))
        {
            Add(reply, json, gate);
        }
        return reply;
    }

    private static void ReadFrame(ScriptedReply reply, JsonElement json, Func<string, ScriptedGate> gate)
    {
        if (json.TryGetProperty("usage", out var usage))
        {
            reply.Usage(
                Number(usage, "input", 0),
                Number(usage, "output", 0),
                Number(usage, "cached", 0),
                Number(usage, "reasoning", 0),
                Number(usage, "cacheWrite", 0)
            );
        }
        if (Word(json, "stop") is { } stop)
        {
            reply.Stop(stop);
        }
        if (json.TryGetProperty("splitBytes", out var split))
        {
            reply.SplitBytes(split.GetInt32());
        }
        if (json.TryGetProperty("http", out var http))
        {
            ReadHttp(reply, http);
        }
        if (Word(json, "html") is { } html)
        {
            reply.Html(html);
        }
        if (Word(json, "beforeHeaders") is { } before)
        {
            _ = before switch
            {
                "abort" => reply.AbortBeforeHeaders(),
                "silence" => reply.SilenceBeforeHeaders(),
                _ => reply.GateBeforeHeaders(gate(before)),
            };
        }
    }

    private static void ReadHttp(ScriptedReply reply, JsonElement http)
    {
        var headers = http.TryGetProperty("headers", out var given)
            ? given.EnumerateObject().Select(p => (p.Name, p.Value.GetString()!)).ToArray()
            : [];
        reply.Http(Number(http, "status", 500), Word(http, "message") ?? "scripted error", Word(http, "body"), headers);
    }

    private static void Add(ScriptedReply reply, JsonElement step, Func<string, ScriptedGate> gate)
    {
        var pieces = Number(step, "pieces", 1);
        var kind =
            step.EnumerateObject().Select(p => p.Name).FirstOrDefault(Steps.ContainsKey)
            ?? throw new FormatException($"No step is called like any of these: {step.GetRawText()}");
        Steps[kind](reply, step, pieces, gate);
    }

    private static readonly Dictionary<
        string,
        Action<ScriptedReply, JsonElement, int, Func<string, ScriptedGate>>
    > Steps = new()
    {
        ["toolCall"] = (reply, step, pieces, _) => AddCall(reply, step, pieces),
        ["streamError"] = (reply, step, _, _) =>
            reply.StreamError(Word(step, "streamError")!, Word(step, "message") ?? "scripted error"),
        ["text"] = (reply, step, pieces, _) => reply.Text(Word(step, "text")!, pieces),
        ["reasoning"] = (reply, step, pieces, _) =>
            reply.Reasoning(Word(step, "reasoning")!, Word(step, "signature"), pieces),
        ["redactedReasoning"] = (reply, step, _, _) => reply.RedactedReasoning(Word(step, "redactedReasoning")!),
        ["deltas"] = (reply, step, _, _) => reply.Deltas(step.GetProperty("deltas").GetInt32()),
        ["gate"] = (reply, step, _, gate) => reply.Gate(gate(Word(step, "gate")!)),
        ["delayMs"] = (reply, step, _, _) =>
            reply.Delay(TimeSpan.FromMilliseconds(step.GetProperty("delayMs").GetDouble())),
        ["ping"] = (reply, _, _, _) => reply.Ping(),
        ["raw"] = (reply, step, _, _) => reply.Raw(Word(step, "raw")!),
        ["abort"] = (reply, _, _, _) => reply.Abort(),
        ["silence"] = (reply, _, _, _) => reply.Silence(),
        ["cut"] = (reply, _, _, _) => reply.Cut(),
    };

    private static void AddCall(ScriptedReply reply, JsonElement step, int pieces)
    {
        var arguments =
            Word(step, "rawArguments")
            ?? (step.TryGetProperty("arguments", out var json) ? JsonSerializer.Serialize(json) : "{}");
        reply.RawToolCall(Word(step, "toolCall")!, arguments, Word(step, "id"), pieces);
    }

    private static string? Word(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int Number(JsonElement json, string name, int otherwise) =>
        json.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
}
