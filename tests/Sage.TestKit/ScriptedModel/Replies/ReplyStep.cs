namespace Sage.TestKit.ScriptedModel;

/// <summary>One thing a scripted reply does on the wire, in order.</summary>
public abstract record ReplyStep
{
    private ReplyStep() { }

    /// <param name="Pieces">The text as the client gets it, one delta each.</param>
    public sealed record Text(IReadOnlyList<string> Pieces) : ReplyStep;

    /// <summary>Very many text deltas, flushed in groups so that a long reply costs the test little.</summary>
    public sealed record Deltas(int Count, Func<int, string> Piece) : ReplyStep;

    /// <param name="Pieces">The reasoning, one delta each.</param>
    /// <param name="Signature">Anthropic's opaque proof; null sends none.</param>
    public sealed record Reasoning(IReadOnlyList<string> Pieces, string? Signature) : ReplyStep;

    /// <summary>Anthropic's encrypted thinking; the OpenAI format has nothing like it and leaves it out.</summary>
    public sealed record RedactedReasoning(string Payload) : ReplyStep;

    /// <param name="Name">The tool.</param>
    /// <param name="Arguments">The argument text, one delta each; nothing makes it valid JSON.</param>
    /// <param name="Id">Null for an id made up by the server.</param>
    public sealed record ToolCall(string Name, IReadOnlyList<string> Arguments, string? Id) : ReplyStep;

    /// <summary>Goes on when the test releases the gate.</summary>
    public sealed record Wait(ScriptedGate Gate) : ReplyStep;

    public sealed record Delay(TimeSpan Time) : ReplyStep;

    /// <summary>An Anthropic <c>ping</c> event, or an SSE comment in the OpenAI format: not data.</summary>
    public sealed record Ping : ReplyStep;

    /// <summary>An error object inside a stream that began well.</summary>
    public sealed record StreamError(string Type, string Message) : ReplyStep;

    /// <summary>Bytes written as they are.</summary>
    public sealed record Raw(string Bytes) : ReplyStep;

    /// <summary>The connection breaks here.</summary>
    public sealed record Abort : ReplyStep;

    /// <summary>Nothing more comes, and the connection stays open until the client gives up.</summary>
    public sealed record Silence : ReplyStep;

    /// <summary>The body ends here, cleanly, without the format's closing events.</summary>
    public sealed record Cut : ReplyStep;
}
