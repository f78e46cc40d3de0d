using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sage.TestKit.ScriptedModel;

/// <summary>Why a scripted reply ends; each wire format has its own word.</summary>
public enum ScriptedStop
{
    EndTurn,
    ToolCalls,
    MaxTokens,
    Refusal,
    ContentFilter,
}

/// <summary>What is sent instead of a stream.</summary>
public sealed record PlainAnswer(
    int Status,
    string ContentType,
    string Body,
    IReadOnlyDictionary<string, string> Headers
);

public sealed record ScriptedUsage(int Input, int Output, int Cached = 0, int Reasoning = 0, int CacheWrite = 0);

/// <summary>Builds one scripted reply: <c>r => r.Text("Looking").ToolCall("read_file", new { path = "a.ts" })</c>.</summary>
public sealed class ScriptedReply
{
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<ReplyStep> _steps = [];

    internal IReadOnlyList<ReplyStep> Steps => _steps;
    internal List<ReplyStep> BeforeHeaders { get; } = [];
    internal PlainAnswer? Plain { get; private set; }
    internal ScriptedUsage Tokens { get; private set; } = new(100, 20);
    internal string? StopWord { get; private set; }
    internal ScriptedStop? StopKind { get; private set; }
    internal int? BytesPerWrite { get; private set; }

    internal ScriptedStop EffectiveStop =>
        StopKind ?? (_steps.Exists(s => s is ReplyStep.ToolCall) ? ScriptedStop.ToolCalls : ScriptedStop.EndTurn);

    /// <param name="text">The text.</param>
    /// <param name="pieces">How many deltas it comes in.</param>
    public ScriptedReply Text(string text, int pieces = 1) => Add(new ReplyStep.Text(Split(text, pieces)));

    /// <summary>Text in exactly these deltas.</summary>
    public ScriptedReply TextPieces(params string[] pieces) => Add(new ReplyStep.Text(pieces));

    /// <summary><paramref name="count"/> text deltas: <c>w0 </c>, <c>w1 </c>, … unless told otherwise.</summary>
    public ScriptedReply Deltas(int count, Func<int, string>? piece = null) =>
        Add(new ReplyStep.Deltas(count, piece ?? (i => $"w{i} ")));

    public ScriptedReply Reasoning(string text, string? signature = "sig", int pieces = 1) =>
        Add(new ReplyStep.Reasoning(Split(text, pieces), signature));

    public ScriptedReply RedactedReasoning(string payload) => Add(new ReplyStep.RedactedReasoning(payload));

    /// <param name="name">The tool.</param>
    /// <param name="arguments">Serialised as JSON; an anonymous object does.</param>
    /// <param name="id">Null for one made up by the server.</param>
    /// <param name="pieces">How many deltas the argument text comes in.</param>
    public ScriptedReply ToolCall(string name, object? arguments = null, string? id = null, int pieces = 2) =>
        RawToolCall(name, JsonSerializer.Serialize(arguments ?? new { }, Relaxed), id, pieces);

    /// <summary>A call whose argument text is sent as it is: truncated, not JSON, empty.</summary>
    public ScriptedReply RawToolCall(string name, string arguments, string? id = null, int pieces = 1) =>
        Add(new ReplyStep.ToolCall(name, Split(arguments, pieces), id));

    public ScriptedReply Gate(ScriptedGate gate) => Add(new ReplyStep.Wait(gate));

    /// <summary>Holds the answer back before its first byte, status line included.</summary>
    public ScriptedReply GateBeforeHeaders(ScriptedGate gate)
    {
        BeforeHeaders.Add(new ReplyStep.Wait(gate));
        return this;
    }

    public ScriptedReply Delay(TimeSpan time) => Add(new ReplyStep.Delay(time));

    public ScriptedReply Ping() => Add(new ReplyStep.Ping());

    public ScriptedReply StreamError(string type, string message) => Add(new ReplyStep.StreamError(type, message));

    public ScriptedReply Raw(string bytes) => Add(new ReplyStep.Raw(bytes));

    /// <summary>Breaks the connection here, in mid-stream.</summary>
    public ScriptedReply Abort() => Add(new ReplyStep.Abort());

    /// <summary>Breaks the connection before any byte of the answer.</summary>
    public ScriptedReply AbortBeforeHeaders()
    {
        BeforeHeaders.Add(new ReplyStep.Abort());
        return this;
    }

    /// <summary>Sends nothing more until the client gives up.</summary>
    public ScriptedReply Silence() => Add(new ReplyStep.Silence());

    /// <summary>Accepts the request and never answers.</summary>
    public ScriptedReply SilenceBeforeHeaders()
    {
        BeforeHeaders.Add(new ReplyStep.Silence());
        return this;
    }

    /// <summary>Ends the body here without the format's closing events.</summary>
    public ScriptedReply Cut() => Add(new ReplyStep.Cut());

    public ScriptedReply Usage(int input, int output, int cached = 0, int reasoning = 0, int cacheWrite = 0)
    {
        Tokens = new ScriptedUsage(input, output, cached, reasoning, cacheWrite);
        return this;
    }

    public ScriptedReply Stop(ScriptedStop stop)
    {
        StopKind = stop;
        return this;
    }

    /// <summary>A stop reason in the vendor's own word, known to us or not.</summary>
    public ScriptedReply Stop(string word)
    {
        StopWord = word;
        return this;
    }

    /// <summary>Sends the body in writes of this many bytes, wherever that cuts events and characters.</summary>
    public ScriptedReply SplitBytes(int bytesPerWrite)
    {
        BytesPerWrite = bytesPerWrite;
        return this;
    }

    /// <summary>An HTTP error. Without a body, the vendor's own error shape says <paramref name="message"/>.</summary>
    public ScriptedReply Http(
        int status,
        string message = "scripted error",
        string? body = null,
        params (string Name, string Value)[] headers
    )
    {
        var all = headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase);
        Plain = new PlainAnswer(status, body is null ? "" : "application/json", body ?? message, all);
        return this;
    }

    /// <summary>What a proxy or a wrong URL answers: 200 with a page.</summary>
    public ScriptedReply Html(string body = "<!doctype html><html><body>Sign in</body></html>", int status = 200)
    {
        Plain = new PlainAnswer(status, "text/html", body, new Dictionary<string, string>());
        return this;
    }

    /// <summary>Cuts at code points, so that every piece is valid text, as a vendor's are.</summary>
    internal static List<string> Split(string text, int pieces)
    {
        var runes = text.EnumerateRunes().Select(r => r.ToString()).ToArray();
        if (pieces <= 1 || runes.Length <= 1)
        {
            return [text];
        }
        var size = (int)Math.Ceiling(runes.Length / (double)pieces);
        return runes.Chunk(size).Select(c => string.Concat(c)).ToList();
    }

    private ScriptedReply Add(ReplyStep step)
    {
        _steps.Add(step);
        return this;
    }
}
