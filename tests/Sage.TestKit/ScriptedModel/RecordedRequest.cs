using System.Diagnostics;
using System.Text.Json;

namespace Sage.TestKit.ScriptedModel;

/// <summary>The wire formats the server speaks.</summary>
public enum WireFormat
{
    None,
    OpenAIChat,
    OpenAIResponses,
    Anthropic,
}

/// <summary>One request as it arrived.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">With the query string.</param>
/// <param name="Headers">Names are compared without case.</param>
/// <param name="Body">The JSON body; undefined when there was none.</param>
/// <param name="Format">Which wire format it is a model request of.</param>
/// <param name="ArrivedAt"><see cref="Stopwatch"/> timestamp of its last byte.</param>
public sealed record RecordedRequest(
    int Number,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    JsonElement Body,
    WireFormat Format,
    long ArrivedAt
)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the whole answer is written.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Completes when the client hangs up before the answer is whole.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary><see cref="Stopwatch"/> timestamp of the answer's last byte; 0 until then.</summary>
    public long AnsweredAt { get; private set; }

    /// <summary>For example <c>HTTP/1.1</c>.</summary>
    public string Protocol { get; init; } = "";

    public string Model => Text(Body, "model");

    /// <summary>The history; of the Responses format all its items, of which only some are messages.</summary>
    public IReadOnlyList<JsonElement> Messages =>
        Body.ValueKind == JsonValueKind.Object
        && Body.TryGetProperty(Format == WireFormat.OpenAIResponses ? "input" : "messages", out var messages)
            ? messages.EnumerateArray().ToArray()
            : [];

    /// <summary>The names of the tools on offer.</summary>
    public IReadOnlyList<string> ToolNames =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("tools", out var tools)
            ? tools.EnumerateArray().Select(ToolName).ToArray()
            : [];

    /// <summary>The words of the last user message that is not only tool results.</summary>
    public string LastUserText => Messages.Where(IsFrom("user")).Select(Words).LastOrDefault(t => t.Length > 0) ?? "";

    /// <summary>The texts of the newest tool results, oldest first; empty when the last message is not one.</summary>
    public IReadOnlyList<string> LastToolResults => MessageText.NewestResults(Messages);

    /// <summary>The system prompt.</summary>
    public string System =>
        Format == WireFormat.Anthropic
            ? MessageText.Of(Body.TryGetProperty("system", out var system) ? system : default)
        : Format == WireFormat.OpenAIResponses ? Text(Body, "instructions")
        : string.Join("\n", Messages.Where(IsFrom("system", "developer")).Select(Words));

    internal void MarkAnswered()
    {
        AnsweredAt = Stopwatch.GetTimestamp();
        _answered.TrySetResult();
    }

    internal void MarkAbandoned() => _abandoned.TrySetResult();

    private static Func<JsonElement, bool> IsFrom(params string[] roles) => m => roles.Contains(Text(m, "role"));

    private static string Words(JsonElement message) =>
        message.TryGetProperty("content", out var content) ? MessageText.Of(content) : "";

    private static string ToolName(JsonElement tool) =>
        tool.TryGetProperty("function", out var function) ? Text(function, "name") : Text(tool, "name");

    private static string Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(property, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}

/// <summary>Reads words out of both formats' message contents.</summary>
internal static class MessageText
{
    /// <summary>A string, or the text blocks of an array joined by line feeds.</summary>
    public static string Of(JsonElement content) =>
        content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Join(
                "\n",
                content
                    .EnumerateArray()
                    .Where(b => b.TryGetProperty("text", out _))
                    .Select(b => b.GetProperty("text").GetString())
            ),
            _ => "",
        };

    private static string? RoleOf(JsonElement message) =>
        message.TryGetProperty("role", out var role) ? role.GetString() : null;

    public static IReadOnlyList<string> NewestResults(IReadOnlyList<JsonElement> messages)
    {
        var outputs = messages.Reverse().TakeWhile(m => m.TryGetProperty("output", out _)).Reverse().ToArray();
        if (outputs.Length > 0)
        {
            return outputs.Select(item => Of(item.GetProperty("output"))).ToArray();
        }
        var openAI = messages.Reverse().TakeWhile(m => RoleOf(m) == "tool").Reverse().ToArray();
        if (openAI.Length > 0)
        {
            return openAI.Select(m => Of(m.GetProperty("content"))).ToArray();
        }
        return
            messages.Count > 0
            && messages[^1].TryGetProperty("content", out var content)
            && content.ValueKind == JsonValueKind.Array
            ? content
                .EnumerateArray()
                .Where(b => b.TryGetProperty("tool_use_id", out _) && b.TryGetProperty("content", out _))
                .Select(b => Of(b.GetProperty("content")))
                .ToArray()
            : [];
    }
}
