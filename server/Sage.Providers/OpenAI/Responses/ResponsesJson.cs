using System.Text.Json.Serialization;

namespace Sage.Providers.OpenAI.Responses;

/// <summary>Source-generated JSON of the Responses API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ResponsesRequest))]
[JsonSerializable(typeof(ResponsesEvent))]
[JsonSerializable(typeof(IReadOnlyList<InputPiece>))]
[JsonSerializable(typeof(string))]
internal sealed partial class ResponsesJson : JsonSerializerContext;
