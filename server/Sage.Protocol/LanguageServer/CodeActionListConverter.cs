using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sage.Protocol.LanguageServer;

/// <summary>Writes the answer of a code action request as the array the protocol wants; a mediator's answer has to be an object.</summary>
public sealed class CodeActionListConverter : JsonConverter<CodeActionList>
{
    public override CodeActionList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize(ref reader, LanguageServerJson.Default.ImmutableArrayCodeAction));

    public override void Write(Utf8JsonWriter writer, CodeActionList value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Actions, LanguageServerJson.Default.ImmutableArrayCodeAction);
}
