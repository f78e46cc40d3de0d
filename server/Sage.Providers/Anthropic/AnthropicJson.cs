using System.Text.Json.Serialization;

namespace Sage.Providers.Anthropic;

/// <summary>Source-generated JSON of the Messages API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(MessagesRequest))]
[JsonSerializable(typeof(MessagesEvent))]
internal sealed partial class AnthropicJson : JsonSerializerContext;
