using System.Text.Json;

namespace Sage.TestKit.ScriptedModel;

/// <summary>A script written as JSON, for drivers outside .NET and for use by hand.</summary>
/// <remarks>
/// <code>
/// {
///   "key": "sk-test",                     // optional: the only key accepted
///   "models": ["scripted-model"],         // optional: what /models lists
///   "replies": [
///     { "text": "Hello." },               // a reply of one step may be the step itself
///     { "when": "fix the bug",            // waits for a request whose last user message or tool results contain this
///       "repeat": false,                  // true: served every time
///       "steps": [
///         { "reasoning": "Hmm.", "signature": "sig" },
///         { "text": "Reading.", "pieces": 3 },
///         { "toolCall": "read_file", "arguments": { "path": "a.ts" }, "id": "call_a", "pieces": 4 },
///         { "toolCall": "read_file", "rawArguments": "{\"path\": \"b" },
///         { "gate": "name" },             // until POST /_release/name; GET /_reached/name answers when a reply stands there
///         { "delayMs": 50 }, { "ping": true }, { "deltas": 20000 }, { "raw": "data: {}\n\n" },
///         { "streamError": "overloaded_error", "message": "Overloaded" },
///         { "abort": true }, { "silence": true }, { "cut": true }
///       ],
///       "usage": { "input": 100, "output": 20, "cached": 0, "reasoning": 0 },
///       "stop": "max_tokens",             // the vendor's word; chosen by the content when absent
///       "splitBytes": 7 },                // writes of 7 bytes
///     { "http": { "status": 429, "message": "Slow down", "headers": { "retry-after": "1" } } },
///     { "html": "&lt;html>" }, { "beforeHeaders": "abort" }   // or "silence", or the name of a gate
///   ],
///   "fallback": { "text": "Done." }       // optional: when nothing in the script fits
/// }
/// </code>
/// </remarks>
internal sealed class ScriptFile
{
    private readonly JsonElement _root;

    private ScriptFile(JsonElement root) => _root = root;

    /// <summary>What <see cref="Parse"/> throws for a script that is not as described above.</summary>
    public static bool IsMistake(Exception error) =>
        error is JsonException or FormatException or InvalidOperationException or KeyNotFoundException;

    public static ScriptFile Parse(string json)
    {
        var options = new JsonDocumentOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        };
        using var document = JsonDocument.Parse(json, options);
        var file = new ScriptFile(document.RootElement.Clone());
        // A mistake in the script is told now, not by a failing test later.
        foreach (var reply in file.Replies)
        {
            ScriptStep.Build(reply, name => new ScriptedGate(name));
        }
        return file;
    }

    public void ApplyTo(ScriptedModelServer server)
    {
        if (_root.TryGetProperty("key", out var key))
        {
            server.ExpectedKey = key.GetString();
        }
        if (_root.TryGetProperty("models", out var models))
        {
            server.Models = models.EnumerateArray().Select(m => m.GetString()!).ToArray();
        }
        if (_root.TryGetProperty("fallback", out var fallback))
        {
            server.Fallback = _ => ScriptStep.Build(fallback, server.Gate);
        }
        foreach (var reply in Replies)
        {
            var when = reply.TryGetProperty("when", out var cue) ? cue.GetString() : null;
            var repeats = reply.TryGetProperty("repeat", out var repeat) && repeat.GetBoolean();
            server.Add(when, repeats, _ => ScriptStep.Build(reply, server.Gate));
        }
    }

    private IEnumerable<JsonElement> Replies =>
        _root.TryGetProperty("replies", out var replies)
            ? replies.EnumerateArray()
            : throw new FormatException("A script needs \"replies\": an array.");
}
