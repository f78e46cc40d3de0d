using System.Text.Json;
using static Sage.TestKit.ScriptedModel.RuleReader;

namespace Sage.TestKit.ScriptedModel;

/// <summary>What the Messages API demands of a request.</summary>
internal static class AnthropicRules
{
    private const int MaxBreakpoints = 4;

    public static void Check(JsonElement body)
    {
        Word(body, "model", "body");
        Demand(
            Optional(body, "stream") is { ValueKind: JsonValueKind.True },
            "stream: this server only answers streamed requests"
        );
        var maxTokens =
            Optional(body, "max_tokens") is { ValueKind: JsonValueKind.Number } number
            && number.TryGetInt32(out var max)
                ? max
                : 0;
        Demand(maxTokens > 0, "max_tokens: Field required");
        CheckThinking(body, maxTokens);
        CheckSystem(body);
        Tools(body, (tool, where) => (Word(tool, "name", where), Object(tool, "input_schema", where)));
        CheckBreakpoints(body);
        CheckMessages(Array(body, "messages", "body"));
    }

    private static void CheckThinking(JsonElement body, int maxTokens)
    {
        if (Optional(body, "thinking") is not { } thinking || Word(thinking, "type", "thinking") != "enabled")
        {
            return;
        }
        var budget = Optional(thinking, "budget_tokens")?.GetInt32() ?? 0;
        Demand(budget >= 1024, "thinking.budget_tokens: Input should be greater than or equal to 1024");
        Demand(budget < maxTokens, "`max_tokens` must be greater than `thinking.budget_tokens`");
    }

    private static void CheckSystem(JsonElement body)
    {
        if (Optional(body, "system") is not { ValueKind: JsonValueKind.Array } blocks)
        {
            return;
        }
        foreach (var (index, block) in blocks.EnumerateArray().Index())
        {
            Demand(Word(block, "type", $"system.{index}") == "text", $"system.{index}.type: must be \"text\"");
            DemandText(block, $"system.{index}");
        }
    }

    private static void CheckBreakpoints(JsonElement body)
    {
        var count = Count(body);
        Demand(count <= MaxBreakpoints, $"A maximum of 4 blocks with cache_control may be provided. Found {count}.");
    }

    private static int Count(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .Sum(p => p.NameEquals("cache_control") ? 1 : Count(p.Value)),
            JsonValueKind.Array => element.EnumerateArray().Sum(Count),
            _ => 0,
        };

    private static void CheckMessages(JsonElement messages)
    {
        Demand(messages.GetArrayLength() > 0, "messages: at least one message is required");
        var seen = new HashSet<string>();
        List<string> open = [];
        var previous = "assistant";
        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var where = $"messages.{index}";
            var role = Word(message, "role", where);
            Demand(role is "user" or "assistant", $"{where}.role: Input should be 'user' or 'assistant'");
            Demand(role != previous, $"{where}: roles must alternate between \"user\" and \"assistant\"");
            open = role == "user" ? CheckUser(message, where, open) : CheckAssistant(message, where, seen);
            previous = role;
        }
        Demand(previous == "user", "The conversation must end with a user message.");
    }

    private static List<string> CheckUser(JsonElement message, string where, List<string> open)
    {
        var resultsAreOver = false;
        foreach (var (block, at) in Blocks(message, where))
        {
            var kind = Word(block, "type", at);
            if (kind != "tool_result")
            {
                resultsAreOver = true;
                CheckUserBlock(block, kind, at);
                continue;
            }
            var id = Word(block, "tool_use_id", at);
            Demand(
                open.Remove(id),
                $"{at}: unexpected `tool_use_id` found in `tool_result` blocks: {id}. Each `tool_result` block must have a "
                    + "corresponding `tool_use` block in the previous message."
            );
            Demand(!resultsAreOver, $"{at}: `tool_result` blocks must come first in the content of a message");
            CheckResult(block, at);
        }
        Demand(
            open.Count == 0,
            $"{where}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", open)}. "
                + "Each `tool_use` block must have a corresponding `tool_result` block in the next message."
        );
        return [];
    }

    private static void CheckResult(JsonElement block, string at)
    {
        if (Optional(block, "content") is { ValueKind: JsonValueKind.Array } parts)
        {
            foreach (var (index, part) in parts.EnumerateArray().Index())
            {
                CheckUserBlock(part, Word(part, "type", $"{at}.content.{index}"), $"{at}.content.{index}");
            }
        }
    }

    private static void CheckUserBlock(JsonElement block, string kind, string at)
    {
        switch (kind)
        {
            case "text":
                DemandText(block, at);
                break;
            case "image":
                var source = Object(block, "source", at);
                Demand(Word(source, "type", at) is "base64" or "url", $"{at}.source.type: invalid");
                Demand(
                    Word(source, "media_type", at) is "image/jpeg" or "image/png" or "image/gif" or "image/webp",
                    $"{at}.source.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'"
                );
                Word(source, "data", at);
                break;
            case "document":
                break;
            default:
                throw new RuleViolationException($"{at}.type: '{kind}' is not allowed here");
        }
    }

    private static List<string> CheckAssistant(JsonElement message, string where, HashSet<string> seen)
    {
        var calls = new List<string>();
        foreach (var (block, at) in Blocks(message, where))
        {
            switch (Word(block, "type", at))
            {
                case "text":
                    DemandText(block, at);
                    break;
                case "thinking":
                    Demand(block.TryGetProperty("thinking", out _), $"{at}.thinking: Field required");
                    Word(block, "signature", at);
                    Demand(Optional(block, "cache_control") is null, $"{at}.cache_control: not allowed on thinking");
                    break;
                case "redacted_thinking":
                    Word(block, "data", at);
                    break;
                case "tool_use":
                    var id = Word(block, "id", at);
                    Demand(CallId().IsMatch(id), $"{at}.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
                    Demand(seen.Add(id), $"{at}: `tool_use` ids must be unique");
                    Word(block, "name", at);
                    Object(block, "input", at);
                    calls.Add(id);
                    break;
                default:
                    throw new RuleViolationException($"{at}.type: not allowed here");
            }
        }
        return calls;
    }

    private static IEnumerable<(JsonElement Block, string At)> Blocks(JsonElement message, string where)
    {
        Demand(message.TryGetProperty("content", out var content), $"{where}.content: Field required");
        if (content.ValueKind == JsonValueKind.String)
        {
            Demand(
                !string.IsNullOrWhiteSpace(content.GetString()),
                $"{where}: all messages must have non-empty content"
            );
            return [];
        }
        Demand(
            content.ValueKind == JsonValueKind.Array && content.GetArrayLength() > 0,
            $"{where}: all messages must have non-empty content"
        );
        return content.EnumerateArray().Select((block, index) => (block, $"{where}.content.{index}"));
    }

    private static void DemandText(JsonElement block, string at) =>
        Demand(
            !string.IsNullOrWhiteSpace(Word(block, "text", at)),
            $"{at}: text content blocks must contain non-whitespace text"
        );
}
