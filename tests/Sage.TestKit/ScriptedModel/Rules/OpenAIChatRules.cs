using System.Text.Json;
using static Sage.TestKit.ScriptedModel.RuleReader;

namespace Sage.TestKit.ScriptedModel;

/// <summary>What Chat Completions and the strictest of its imitators demand of a request.</summary>
internal static class OpenAIChatRules
{
    public static void Check(JsonElement body)
    {
        Word(body, "model", "body");
        Demand(
            Optional(body, "stream") is { ValueKind: JsonValueKind.True },
            "stream: this server only answers streamed requests"
        );
        Tools(body, ReadTool);
        var messages = Array(body, "messages", "body");
        Demand(messages.GetArrayLength() > 0, "messages: [] is too short");
        CheckPairing(messages);
    }

    private static (string, JsonElement) ReadTool(JsonElement tool, string where)
    {
        Demand(Word(tool, "type", where) == "function", $"{where}.type: must be \"function\"");
        var function = Object(tool, "function", where);
        return (Word(function, "name", where), Object(function, "parameters", where));
    }

    private static void CheckPairing(JsonElement messages)
    {
        var open = new List<string>();
        var seen = new HashSet<string>();
        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var where = $"messages.{index}";
            var role = Word(message, "role", where);
            if (role == "tool")
            {
                var id = Word(message, "tool_call_id", where);
                Demand(
                    open.Remove(id),
                    $"{where}: messages with role 'tool' must be a response to a preceding message with 'tool_calls' ({id})"
                );
                Content(message, where, ["text"]);
                continue;
            }
            DemandAnswered(open);
            CheckMessage(message, role, where);
            foreach (var id in role == "assistant" ? CallIds(message, where) : [])
            {
                Demand(seen.Add(id), $"{where}: duplicate tool_call id {id}");
                open.Add(id);
            }
        }
        DemandAnswered(open);
    }

    private static void DemandAnswered(List<string> open) =>
        Demand(
            open.Count == 0,
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
                + $"The following tool_call_ids did not have response messages: {string.Join(", ", open)}"
        );

    private static void CheckMessage(JsonElement message, string role, string where)
    {
        switch (role)
        {
            case "system" or "developer":
                Content(message, where, ["text"]);
                break;
            case "user":
                Content(message, where, ["text", "image_url", "file", "input_audio"]);
                break;
            case "assistant" when Optional(message, "content") is not null:
                Content(message, where, ["text", "refusal"]);
                break;
            case "assistant":
                Demand(Optional(message, "tool_calls") is not null, $"{where}.content: expected a string, got null");
                break;
            default:
                throw new RuleViolationException($"{where}.role: '{role}' is not one of the roles");
        }
    }

    private static IEnumerable<string> CallIds(JsonElement message, string where)
    {
        if (Optional(message, "tool_calls") is not { } calls)
        {
            yield break;
        }
        Demand(calls.GetArrayLength() > 0, $"{where}.tool_calls: [] is too short");
        foreach (var (index, call) in calls.EnumerateArray().Index())
        {
            var at = $"{where}.tool_calls.{index}";
            Demand(Word(call, "type", at) == "function", $"{at}.type: must be \"function\"");
            var function = Object(call, "function", at);
            Demand(ToolName().IsMatch(Word(function, "name", at)), $"{at}.function.name: illegal");
            DemandObjectText(function, at);
            yield return Word(call, "id", at);
        }
    }

    /// <summary>OpenAI itself takes any string here; vLLM, Groq and Mistral answer 400 unless it is a JSON object.</summary>
    private static void DemandObjectText(JsonElement function, string where)
    {
        try
        {
            using var parsed = JsonDocument.Parse(Word(function, "arguments", where));
            Demand(parsed.RootElement.ValueKind == JsonValueKind.Object, $"{where}.function.arguments: not an object");
        }
        catch (JsonException)
        {
            throw new RuleViolationException($"{where}.function.arguments: not valid JSON");
        }
    }

    private static void Content(JsonElement message, string where, string[] kinds)
    {
        Demand(message.TryGetProperty("content", out var content), $"{where}.content: missing");
        if (content.ValueKind == JsonValueKind.String)
        {
            Demand(content.GetString() != "", $"{where}.content: must not be empty");
            return;
        }
        Demand(
            content.ValueKind == JsonValueKind.Array && content.GetArrayLength() > 0,
            $"{where}.content: expected a string or a non-empty array"
        );
        foreach (var (index, part) in content.EnumerateArray().Index())
        {
            var at = $"{where}.content.{index}";
            var kind = Word(part, "type", at);
            Demand(kinds.Contains(kind), $"{at}.type: '{kind}' is not allowed here");
            if (kind == "text")
            {
                Word(part, "text", at);
            }
            else if (kind == "image_url")
            {
                var url = Word(Object(part, "image_url", at), "url", at);
                Demand(url.StartsWith("data:image/") || url.StartsWith("http"), $"{at}.image_url.url: invalid");
            }
        }
    }
}
