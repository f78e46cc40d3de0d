using System.Text.Json;
using static Sage.TestKit.ScriptedModel.RuleReader;

namespace Sage.TestKit.ScriptedModel;

/// <summary>What the Responses API demands of a request that stores nothing.</summary>
internal static class OpenAIResponsesRules
{
    private static readonly HashSet<string> Known =
    [
        "model",
        "instructions",
        "input",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "max_output_tokens",
        "temperature",
        "top_p",
        "reasoning",
        "include",
        "store",
        "stream",
        "stream_options",
        "prompt_cache_key",
    ];

    public static void Check(JsonElement body)
    {
        foreach (var parameter in body.EnumerateObject())
        {
            Demand(Known.Contains(parameter.Name), $"Unknown parameter: '{parameter.Name}'.");
        }

        var model = Word(body, "model", "body");
        Demand(
            Optional(body, "stream") is { ValueKind: JsonValueKind.True },
            "stream: this server only answers streamed requests"
        );
        Demand(Optional(body, "store") is { ValueKind: JsonValueKind.False }, "store: nothing may be stored");
        CheckReasoning(body, model);
        Tools(body, ReadTool);
        var input = Array(body, "input", "body");
        Demand(input.GetArrayLength() > 0, "input: [] is too short");
        CheckItems(input);
    }

    /// <summary>Models that do not reason refuse to be asked to.</summary>
    private static void CheckReasoning(JsonElement body, string model)
    {
        var reasons =
            model.Split('/')[^1] is ['g', 'p', 't', '-', '5' or '6', ..] or ['o', >= '1' and <= '9', ..]
            && !model.Contains("-chat", StringComparison.Ordinal);
        Demand(
            Optional(body, "reasoning") is null || reasons,
            "Unsupported parameter: 'reasoning.summary' is not supported with this model."
        );
        Demand(Optional(body, "include") is null || reasons, "Encrypted content is not supported with this model.");
    }

    private static (string, JsonElement) ReadTool(JsonElement tool, string where)
    {
        Demand(Word(tool, "type", where) == "function", $"{where}.type: must be \"function\"");
        Demand(
            Optional(tool, "strict") is { ValueKind: JsonValueKind.False },
            $"{where}: a strict schema must require every property"
        );
        return (Word(tool, "name", where), Object(tool, "parameters", where));
    }

    private static void CheckItems(JsonElement input)
    {
        var open = new List<string>();
        var seen = new HashSet<string>();
        var reasoned = "";
        foreach (var (index, item) in input.EnumerateArray().Index())
        {
            var where = $"input[{index}]";
            var type = Word(item, "type", where);
            Demand(
                reasoned.Length == 0 || type is "reasoning" or "function_call" || IsReply(item),
                $"Item '{reasoned}' of type 'reasoning' was provided without its required following item."
            );
            reasoned = type == "reasoning" ? Word(item, "id", where) : "";
            CheckItem(item, type, where);
            if (type == "function_call")
            {
                var id = Word(item, "call_id", where);
                Demand(id.Length <= 64 && seen.Add(id), $"{where}.call_id: too long or used twice");
                open.Add(id);
            }
            else if (type == "function_call_output")
            {
                var id = Word(item, "call_id", where);
                Demand(open.Remove(id), $"No tool call found for function call output with call_id {id}.");
            }
        }

        Demand(open.Count == 0, $"No tool output found for function call {string.Join(", ", open)}.");
        Demand(reasoned.Length == 0, $"Item '{reasoned}' of type 'reasoning' was provided without its following item.");
    }

    private static void CheckItem(JsonElement item, string type, string where)
    {
        switch (type)
        {
            case "message":
                CheckMessage(item, where);
                break;
            case "reasoning":
                Word(item, "encrypted_content", where);
                Pieces(Array(item, "summary", where), where, ["summary_text"]);
                break;
            case "function_call":
                Demand(ToolName().IsMatch(Word(item, "name", where)), $"{where}.name: illegal");
                Demand(
                    item.TryGetProperty("arguments", out var arguments) && arguments.ValueKind == JsonValueKind.String,
                    $"{where}.arguments: expected a string"
                );
                break;
            case "function_call_output":
                CheckOutput(item, where);
                break;
            default:
                throw new RuleViolationException($"{where}.type: Invalid value: '{type}'.");
        }
    }

    private static bool IsReply(JsonElement item) =>
        item.TryGetProperty("role", out var role) && role.GetString() == "assistant";

    private static void CheckMessage(JsonElement item, string where)
    {
        var role = Word(item, "role", where);
        Demand(role is "user" or "assistant" or "system" or "developer", $"{where}.role: Invalid value: '{role}'.");
        var content = Array(item, "content", where);
        Demand(content.GetArrayLength() > 0, $"{where}.content: [] is too short");
        Pieces(content, where, role == "assistant" ? ["output_text", "refusal"] : ["input_text", "input_image"]);
    }

    private static void CheckOutput(JsonElement item, string where)
    {
        Demand(item.TryGetProperty("output", out var output), $"Missing required parameter: '{where}.output'.");
        if (output.ValueKind == JsonValueKind.Array)
        {
            Pieces(output, where, ["input_text", "input_image", "input_file"]);
        }
        else
        {
            Demand(output.ValueKind == JsonValueKind.String, $"{where}.output: expected a string or an array");
        }
    }

    private static void Pieces(JsonElement pieces, string where, string[] kinds)
    {
        foreach (var (index, piece) in pieces.EnumerateArray().Index())
        {
            var at = $"{where}.content[{index}]";
            var kind = Word(piece, "type", at);
            Demand(kinds.Contains(kind), $"{at}.type: Invalid value: '{kind}'. Supported: {string.Join(", ", kinds)}.");
            if (kind == "input_image")
            {
                var url = Word(piece, "image_url", at);
                Demand(url.StartsWith("data:image/") || url.StartsWith("http"), $"{at}.image_url: invalid");
            }
            else
            {
                Word(piece, "text", at);
            }
        }
    }
}
