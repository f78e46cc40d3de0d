using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sage.Protocol.Json;

namespace Sage.Protocol.Tests.TypeScript;

/// <summary>
/// Writes the records of Sage.Protocol as TypeScript. Names, optional members and unions come from the serializer's own metadata,
/// so that what TypeScript sees is what crosses the wire.
/// </summary>
internal sealed class TypeScriptWriter
{
    private const int LineWidth = 120;
    private static readonly JsonSerializerOptions Options = ProtocolJson.Default.Options;
    private readonly StringBuilder _output = new();
    private readonly XmlDocs _docs = XmlDocs.Load();
    private readonly ImmutableArray<Type> _types =
    [
        .. typeof(Methods)
            .Assembly.GetExportedTypes()
            .Where(BelongsOnTheWire)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    // Discriminator values are declared on the root of a union.
    private readonly Dictionary<Type, string> _discriminators;

    private TypeScriptWriter() =>
        _discriminators = _types
            .SelectMany(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
            .ToDictionary(attribute => attribute.DerivedType, attribute => (string)attribute.TypeDiscriminator!);

    /// <summary>The whole file.</summary>
    public static string Write()
    {
        var writer = new TypeScriptWriter();
        writer._output.Append(
            "// Written by tests/Sage.Protocol.Tests/TypeScript/GeneratedTypeScriptTests.cs from the records of server/Sage.Protocol.\n"
                + "// Do not edit: change the records and run `dotnet test tests/Sage.Protocol.Tests`.\n"
        );
        foreach (var type in writer._types)
        {
            writer.WriteType(type);
        }
        return writer._output.ToString();
    }

    // The language server's records come to TypeScript from vscode-languageclient.
    private static bool BelongsOnTheWire(Type type) =>
        !type.Namespace!.StartsWith("Sage.Protocol.LanguageServer", StringComparison.Ordinal)
        && type.Namespace != typeof(ProtocolJson).Namespace
        && !type.IsAssignableTo(typeof(Exception))
        && !type.IsGenericType;

    private void WriteType(Type type)
    {
        _output.Append('\n');
        WriteDoc(_docs.OfType(type), "");
        if (type.IsEnum)
        {
            WriteUnion(type.Name, [.. Enum.GetValues(type).Cast<object>().Select(EnumLiteral)]);
        }
        else if (type is { IsAbstract: true, IsSealed: true })
        {
            WriteConstants(type);
        }
        else if (type.IsAbstract)
        {
            WriteUnion(type.Name, [.. MembersOf(type)]);
        }
        else
        {
            WriteInterface(type);
        }
    }

    private IEnumerable<string> MembersOf(Type union) =>
        _types.Where(type => type.IsSubclassOf(union) && _discriminators.ContainsKey(type)).Select(type => type.Name);

    private void WriteUnion(string name, ImmutableArray<string> members)
    {
        var line = $"export type {name} = {string.Join(" | ", members)};";
        _output.Append(
            line.Length <= LineWidth
                ? line + "\n"
                : $"export type {name} =\n{string.Join("\n", members.Select(member => "  | " + member))};\n"
        );
    }

    private void WriteConstants(Type type)
    {
        _output.Append($"export const {type.Name} = {{\n");
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral))
        {
            WriteDoc(_docs.OfField(type, field.Name), "  ");
            var value = field.GetRawConstantValue();
            _output.Append($"  {CamelCase(field.Name)}: {(value is string text ? $"'{text}'" : value)},\n");
        }
        _output.Append(
            $"}} as const;\n\nexport type {Singular(type.Name)} = (typeof {type.Name})[keyof typeof {type.Name}];\n"
        );
    }

    private static string Singular(string name) => name.TrimEnd('s');

    private void WriteInterface(Type type)
    {
        var properties = Options.GetTypeInfo(type).Properties;
        var discriminator = _discriminators.GetValueOrDefault(type);
        if (properties.Count == 0 && discriminator is null)
        {
            _output.Append($"export type {type.Name} = Record<string, never>;\n");
            return;
        }
        _output.Append($"export interface {type.Name} {{\n");
        if (discriminator is not null)
        {
            _output.Append($"  readonly type: '{discriminator}';\n");
        }
        foreach (var property in properties)
        {
            WriteProperty(type, property);
        }
        _output.Append("}\n");
    }

    // What has a default may be left out. What may be null but has no default must be there, and is null.
    private void WriteProperty(Type type, JsonPropertyInfo property)
    {
        var member = (PropertyInfo)property.AttributeProvider!;
        WriteDoc(_docs.OfProperty(type, member.Name), "  ");
        var nullable = property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;
        var optional = property.AssociatedParameter is { HasDefaultValue: true } || (nullable && !property.IsRequired);
        _output.Append(
            $"  readonly {property.Name}{(optional ? "?" : "")}: {NameOf(property.PropertyType)}{(nullable && !optional ? " | null" : "")};\n"
        );
    }

    private string NameOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var element = NameOf(type.GetGenericArguments()[0]);
            return element.StartsWith("readonly ", StringComparison.Ordinal)
                ? $"readonly ({element})[]"
                : $"readonly {element}[]";
        }
        return type switch
        {
            // The serializer writes the discriminator only where the property is declared as the union.
            _ when _discriminators.ContainsKey(type) => $"Omit<{type.Name}, 'type'>",
            _ when _types.Contains(type) => type.Name,
            _ when type == typeof(string) || type == typeof(DateTimeOffset) => "string",
            _ when type == typeof(bool) => "boolean",
            _ when type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal) =>
                "number",
            _ when type == typeof(JsonElement) => "unknown",
            _ => throw new NotSupportedException($"Say in {nameof(TypeScriptWriter)} what {type} is in TypeScript."),
        };
    }

    private void WriteDoc(string? doc, string indent)
    {
        if (doc is null)
        {
            return;
        }
        var line = $"{indent}/** {doc} */";
        if (line.Length <= LineWidth)
        {
            _output.Append(line).Append('\n');
            return;
        }
        _output.Append($"{indent}/**\n");
        foreach (var part in Wrap(doc, LineWidth - indent.Length - 3))
        {
            _output.Append($"{indent} * {part}\n");
        }
        _output.Append($"{indent} */\n");
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var cut = text.LastIndexOf(' ', width);
            cut = cut > 0 ? cut : text.Length;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }
        yield return text;
    }

    private static string EnumLiteral(object value) =>
        $"'{JsonSerializer.Serialize(value, Options.GetTypeInfo(value.GetType())).Trim('"')}'";

    private static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
