using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Sage.Tools.Schemas;

/// <summary>Derives a small JSON Schema from an input record and the descriptions on its properties.</summary>
internal static class InputSchema
{
    private static readonly JsonSchemaExporterOptions ExporterOptions = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, schema) =>
            schema is JsonObject node ? Shorten(node, DescriptionOf(context)) : schema,
    };

    public static JsonElement Of(JsonTypeInfo inputType)
    {
        var schema = inputType.GetJsonSchemaAsNode(ExporterOptions);
        return JsonElement.Parse(schema.ToJsonString());
    }

    private static string? DescriptionOf(JsonSchemaExporterContext context) =>
        Find(context.PropertyInfo?.AttributeProvider)
        ?? Find(context.PropertyInfo?.AssociatedParameter?.AttributeProvider);

    private static string? Find(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute found, ..]
            ? found.Description
            : null;

    /// <summary>Keeps what a model needs: one type, the enumeration, the description; every word is paid for on each request.</summary>
    private static JsonObject Shorten(JsonObject node, string? description)
    {
        node.Remove("pattern");
        if (node["default"] is null || node["default"]!.GetValueKind() == JsonValueKind.False)
        {
            node.Remove("default");
        }

        if (node["enum"] is JsonArray members)
        {
            members.RemoveAll(static member => member is null);
        }

        var type = node["type"] switch
        {
            JsonArray types => MainTypeOf(types),
            { } single => single.GetValue<string>(),
            null => "string",
        };
        node.Remove("type");
        node.Insert(0, "type", type);
        if (description is not null)
        {
            node.Insert(1, "description", description);
        }

        return node;
    }

    // Numbers may also be written as strings, and optional values as null: true, but not worth telling.
    private static string MainTypeOf(JsonArray types)
    {
        var names = types
            .Select(static type => type!.GetValue<string>())
            .Where(static name => name != "null")
            .ToArray();
        return names.FirstOrDefault(static name => name != "string") ?? "string";
    }
}
