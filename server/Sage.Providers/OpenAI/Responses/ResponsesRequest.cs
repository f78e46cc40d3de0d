using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sage.Providers.OpenAI.Responses;

/// <summary>The body of <c>POST /responses</c>. Nothing is stored there: the whole history goes with each request.</summary>
internal sealed record ResponsesRequest(
    string Model,
    string? Instructions,
    IReadOnlyList<InputItem> Input,
    IReadOnlyList<FunctionTool>? Tools,
    string? ToolChoice,
    int? MaxOutputTokens,
    float? Temperature,
    ReasoningSpec? Reasoning,
    IReadOnlyList<string>? Include,
    StreamSpec? StreamOptions,
    bool Store = false,
    bool Stream = true
);

internal sealed record FunctionTool(
    string Name,
    string Description,
    JsonElement Parameters,
    // Strict schemas know no optional parameters.
    bool Strict = false,
    string Type = "function"
);

/// <param name="Effort">The model's own default when null.</param>
/// <param name="Summary"><c>auto</c> asks for readable summaries of the reasoning.</param>
internal sealed record ReasoningSpec(string? Effort, string? Summary);

/// <param name="IncludeObfuscation">Padding that hides the length of each delta from whoever watches the network.</param>
internal sealed record StreamSpec(bool IncludeObfuscation);

/// <summary>One item of the history.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MessageItem), "message")]
[JsonDerivedType(typeof(ReasoningItem), "reasoning")]
[JsonDerivedType(typeof(CallItem), "function_call")]
[JsonDerivedType(typeof(CallOutputItem), "function_call_output")]
internal abstract record InputItem;

internal sealed record MessageItem(string Role, IReadOnlyList<InputPiece> Content) : InputItem;

/// <param name="Id">As the vendor gave it.</param>
/// <param name="Summary">What people read.</param>
/// <param name="EncryptedContent">What the model reads.</param>
internal sealed record ReasoningItem(string Id, IReadOnlyList<InputPiece> Summary, string EncryptedContent) : InputItem;

internal sealed record CallItem(string CallId, string Name, string Arguments) : InputItem;

/// <param name="Output">A string, or pieces where there are images: small servers know the string only.</param>
internal sealed record CallOutputItem(string CallId, JsonElement Output) : InputItem;

/// <summary>A piece of a message, of a result or of a summary.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(InputText), "input_text")]
[JsonDerivedType(typeof(OutputText), "output_text")]
[JsonDerivedType(typeof(SummaryText), "summary_text")]
[JsonDerivedType(typeof(InputImage), "input_image")]
internal abstract record InputPiece;

internal sealed record InputText(string Text) : InputPiece;

internal sealed record OutputText(string Text) : InputPiece;

internal sealed record SummaryText(string Text) : InputPiece;

/// <param name="ImageUrl">A <c>data:</c> URL.</param>
internal sealed record InputImage(string ImageUrl) : InputPiece;
