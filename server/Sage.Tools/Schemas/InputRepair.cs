using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sage.Tools.Schemas;

/// <summary>
/// Mends the mistakes models commonly make in arguments where only one reading is possible: numbers and JSON written
/// as strings, one item instead of a list, <c>startLine</c> instead of <c>start_line</c>.
/// </summary>
internal static class InputRepair
{
    public static bool TryRepair(JsonElement schema, JsonElement value, [NotNullWhen(true)] out JsonNode? repaired)
    {
        repaired = Repair(schema, value);
        return repaired is not null && InputCheck.Find(schema, JsonElement.Parse(repaired.ToJsonString())).Count == 0;
    }

    private static JsonNode? Repair(JsonElement schema, JsonElement value) =>
        schema.GetProperty("type").GetString() switch
        {
            "object" => RepairObject(schema, value),
            "array" => RepairArray(schema, value),
            "integer" => RepairInteger(value),
            "boolean" => RepairBoolean(value),
            "string" => RepairString(schema, value),
            _ => NodeOf(value),
        };

    private static JsonNode? RepairObject(JsonElement schema, JsonElement value)
    {
        if (TryParse(value, JsonValueKind.Object, out var parsed))
        {
            value = parsed;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return NodeOf(value);
        }

        var known = schema.GetProperty("properties");
        var result = new JsonObject();
        foreach (var property in value.EnumerateObject())
        {
            var name = known.TryGetProperty(property.Name, out _)
                ? property.Name
                : KnownName(known, value, property.Name);
            if (property.Value.ValueKind == JsonValueKind.Null && !InputCheck.IsRequired(schema, name))
            {
                continue;
            }

            result[name] = known.TryGetProperty(name, out var propertySchema)
                ? Repair(propertySchema, property.Value)
                : NodeOf(property.Value);
        }

        return result;
    }

    private static string KnownName(JsonElement known, JsonElement value, string name)
    {
        var alike = known.EnumerateObject().Where(property => Letters(property.Name) == Letters(name)).ToArray();
        return alike is [var only] && !value.TryGetProperty(only.Name, out _) ? only.Name : name;
    }

    private static JsonArray RepairArray(JsonElement schema, JsonElement value)
    {
        if (TryParse(value, JsonValueKind.Array, out var parsed))
        {
            value = parsed;
        }

        var items = schema.GetProperty("items");
        return value.ValueKind == JsonValueKind.Array
            ? new JsonArray([.. value.EnumerateArray().Select(item => Repair(items, item))])
            : new JsonArray(Repair(items, value));
    }

    private static JsonNode? RepairInteger(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String
                when int.TryParse(
                    value.GetString(),
                    NumberStyles.Integer,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => JsonValue.Create(number),
            JsonValueKind.Number
                when value.TryGetDouble(out var number)
                    && double.IsInteger(number)
                    && Math.Abs(number) <= int.MaxValue => JsonValue.Create((int)number),
            _ => NodeOf(value),
        };

    private static JsonNode? RepairBoolean(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var flag)
            ? JsonValue.Create(flag)
            : NodeOf(value);

    private static JsonNode? RepairString(JsonElement schema, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            return JsonValue.Create(value.GetRawText());
        }

        if (value.ValueKind != JsonValueKind.String || !schema.TryGetProperty("enum", out var members))
        {
            return NodeOf(value);
        }

        var wanted = Letters(value.GetString()!);
        var alike = members.EnumerateArray().Where(member => Letters(member.GetString()!) == wanted).ToArray();
        return alike is [var only] ? JsonValue.Create(only.GetString()) : NodeOf(value);
    }

    private static string Letters(string name) =>
        string.Concat(name.Where(static c => c is not ('_' or '-' or ' '))).ToLowerInvariant();

    private static bool TryParse(JsonElement value, JsonValueKind kind, out JsonElement parsed)
    {
        parsed = default;
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            parsed = JsonElement.Parse(value.GetString()!);
            return parsed.ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonNode? NodeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(value),
            JsonValueKind.Array => JsonArray.Create(value),
            JsonValueKind.Null => null,
            _ => JsonValue.Create(value),
        };
}
