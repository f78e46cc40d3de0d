using Sage.Protocol.Turns;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Failures;

/// <summary>What a fault of a provider comes to.</summary>
/// <param name="Name">As in the table of docs/models.md.</param>
/// <param name="Play">What the server does, once.</param>
/// <param name="Code">How the request fails; null when Sage gets over it by itself.</param>
/// <param name="Says">A part of the message that says what to do, or of the notice of the retry.</param>
/// <param name="KeepsText">What had arrived by then and stays.</param>
internal sealed record Fault(
    string Name,
    Action<ScriptedReply> Play,
    string? Code = null,
    string Says = "",
    string KeepsText = ""
)
{
    private const string Half = "Half a sentence";
    private const string LaterOr = "Try again later, or choose another model";

    /// <summary>Faults that one scripted reply can show. The others have tests of their own.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("429 with Retry-After in seconds", r => r.Http(429, headers: ("retry-after", "7")), Says: "429"),
        new(
            "429 with Retry-After as a date",
            r => r.Http(429, headers: ("retry-after", "Sun, 22 Nov 2026 12:00:30 GMT")),
            Says: "429"
        ),
        new("429 with retry-after-ms", r => r.Http(429, headers: ("retry-after-ms", "1250")), Says: "429"),
        new("408", r => r.Http(408), Says: "408"),
        new("409", r => r.Http(409), Says: "409"),
        new("500", r => r.Http(500), Says: "500"),
        new("502", r => r.Html("<h1>Bad gateway</h1>", 502), Says: "502"),
        new("503", r => r.Http(503), Says: "503"),
        new("529", r => r.Http(529), Says: "529"),
        new("reset before the headers", r => r.AbortBeforeHeaders(), Says: "connection"),
        new("reset before the first word", r => r.Abort(), Says: "connection"),
        new(
            "429 that asks for too long a wait",
            r => r.Http(429, headers: ("retry-after", "900")),
            TurnErrorCodes.RateLimited,
            "Try again in 900 s"
        ),
        new("reset in mid-stream", r => r.Text(Half).Abort(), TurnErrorCodes.Network, "Send the prompt again", Half),
        new(
            "reset in the middle of a tool call",
            r => r.Text(Half).RawToolCall("write_file", "{\"path\": \"a", id: "c").Abort(),
            TurnErrorCodes.Network,
            "Send the prompt again",
            Half
        ),
        new(
            "body that ends in mid-stream",
            r => r.Text(Half).Cut(),
            TurnErrorCodes.Network,
            "Send the prompt again",
            Half
        ),
        new(
            "error event with the socket left open",
            r => r.Text(Half).StreamError("overloaded_error", "busy").Silence(),
            TurnErrorCodes.Overloaded,
            LaterOr,
            Half
        ),
        new(
            "event that is not JSON",
            r => r.Text(Half).Raw("data: {\"type\": oops\n\n").Silence(),
            TurnErrorCodes.InvalidResponse,
            "Check that the base URL speaks this provider's format",
            Half
        ),
        new("web page with status 200", r => r.Html(), TurnErrorCodes.InvalidResponse, "Check the base URL"),
        new("wrong key", r => r.Http(401), TurnErrorCodes.Authentication, "Set it with “Sage: Set API Key”"),
        new("key without permission", r => r.Http(403), TurnErrorCodes.Authentication, "Use another key or model"),
        new(
            "unknown model",
            r => r.Http(404, "The model does not exist"),
            TurnErrorCodes.ModelNotFound,
            "Choose another model"
        ),
        new(
            "conversation too long",
            r => r.Http(400, "prompt is too long: 207791 tokens > 200000 maximum"),
            TurnErrorCodes.ContextOverflow,
            "choose a model with a larger context"
        ),
        new("rejected request", r => r.Http(400, "no such field"), TurnErrorCodes.BadRequest, "no such field"),
    ];

    public override string ToString() => Name;
}
