using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sage.TestKit.ScriptedModel;

/// <summary>A request breaks a rule of the vendor; the message is what the vendor would say.</summary>
internal sealed class RuleViolationException(string message) : Exception(message);

/// <summary>Reads a request body strictly: what is not as the vendor wants it is a violation.</summary>
internal static partial class RuleReader
{
    public static JsonElement Array(JsonElement parent, string name, string where) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value
            : throw new RuleViolationException($"{where}.{name}: must be an array");

    public static string Word(JsonElement parent, string name, string where) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() != ""
            ? value.GetString()!
            : throw new RuleViolationException($"{where}.{name}: must be a non-empty string");

    public static JsonElement Object(JsonElement parent, string name, string where) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : throw new RuleViolationException($"{where}.{name}: must be an object");

    /// <summary>Null when absent; an explicit JSON null counts as absent.</summary>
    public static JsonElement? Optional(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static void Demand(bool condition, string violation)
    {
        if (!condition)
        {
            throw new RuleViolationException(violation);
        }
    }

    /// <summary>Tools: a non-empty list, legal and unique names, object schemas.</summary>
    public static void Tools(JsonElement body, Func<JsonElement, string, (string Name, JsonElement Schema)> read)
    {
        if (Optional(body, "tools") is not { } tools)
        {
            Demand(Optional(body, "tool_choice") is null, "tool_choice: only allowed when tools are given");
            return;
        }
        Demand(tools.ValueKind == JsonValueKind.Array && tools.GetArrayLength() > 0, "tools: [] is too short");
        var names = new HashSet<string>();
        foreach (var (index, tool) in tools.EnumerateArray().Index())
        {
            var (name, schema) = read(tool, $"tools.{index}");
            Demand(ToolName().IsMatch(name), $"tools.{index}.name: '{name}' does not match ^[a-zA-Z0-9_-]{{1,64}}$");
            Demand(names.Add(name), $"tools: Tool names must be unique ({name})");
            Demand(
                Optional(schema, "type") is { ValueKind: JsonValueKind.String } type && type.GetString() == "object",
                $"tools.{index}: the schema's type must be \"object\""
            );
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    public static partial Regex ToolName();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    public static partial Regex CallId();
}
