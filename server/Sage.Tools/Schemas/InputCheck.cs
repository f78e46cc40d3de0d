using System.Text.Json;

namespace Sage.Tools.Schemas;

/// <summary>Compares arguments with a schema of <see cref="InputSchema"/> and names every parameter that is wrong.</summary>
internal static class InputCheck
{
    /// <returns>What is wrong, for the model to read; empty when nothing is.</returns>
    public static IReadOnlyList<string> Find(JsonElement schema, JsonElement value)
    {
        List<string> problems = [];
        Check(schema, value, "", problems);
        return problems;
    }

    private static void Check(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        var type = schema.GetProperty("type").GetString()!;
        if (!Fits(type, value))
        {
            problems.Add($"{Name(path)} must be {Article(type)}, not {Describe(value)}");
        }
        else if (type == "object")
        {
            CheckProperties(schema, value, path, problems);
        }
        else if (type == "array")
        {
            var items = schema.GetProperty("items");
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[{index++}]", problems);
            }
        }
        else if (schema.TryGetProperty("enum", out var members) && !Holds(members, value))
        {
            var choices = string.Join(", ", members.EnumerateArray().Select(static member => $"`{member}`"));
            problems.Add($"{Name(path)} must be one of {choices}, not {Describe(value)}");
        }
    }

    private static void CheckProperties(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        var known = schema.GetProperty("properties");
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                {
                    problems.Add($"missing parameter {Name(Join(path, name.GetString()!))}");
                }
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            if (!known.TryGetProperty(property.Name, out var propertySchema))
            {
                problems.Add($"unknown parameter {Name(Join(path, property.Name))}");
            }
            else
            {
                Check(propertySchema, property.Value, Join(path, property.Name), problems);
            }
        }
    }

    public static bool IsRequired(JsonElement schema, string name) =>
        schema.TryGetProperty("required", out var required)
        && required.EnumerateArray().Any(item => item.ValueEquals(name));

    private static bool Fits(string type, JsonElement value) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
            _ => value.ValueKind == JsonValueKind.Number,
        };

    private static bool Holds(JsonElement members, JsonElement value)
    {
        foreach (var member in members.EnumerateArray())
        {
            if (value.ValueEquals(member.GetString()))
            {
                return true;
            }
        }

        return false;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Name(string path) => path.Length == 0 ? "the input" : $"`{path}`";

    private static string Article(string type) => type[0] is 'a' or 'i' or 'o' ? $"an {type}" : $"a {type}";

    private static string Describe(JsonElement value)
    {
        const int longest = 60;
        var text = value.GetRawText();
        return text.Length <= longest ? text : text[..longest] + "…";
    }
}
