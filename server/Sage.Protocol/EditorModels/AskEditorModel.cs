using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.EditorModels;

/// <summary>
/// <see cref="Methods.AskEditorModel"/>: one request to a model of the editor. The reply comes as
/// <see cref="EditorModelPartParams"/>; the answer to this follows it. Cancelled by the server when nobody wants the reply.
/// </summary>
/// <param name="RequestId">Names this request in its parts.</param>
/// <param name="Model"><c>vendor/id</c> of an <see cref="EditorModel"/>.</param>
/// <param name="Messages">The conversation. Roles alternate, and the first is the user's: the editor knows no system prompt.</param>
/// <param name="Tools">What the model may call.</param>
public sealed record AskEditorModelParams(
    string RequestId,
    string Model,
    ImmutableArray<EditorMessage> Messages,
    ImmutableArray<EditorTool> Tools
);

/// <param name="Role">Who speaks.</param>
/// <param name="Parts">At least one.</param>
public sealed record EditorMessage(EditorMessageRole Role, ImmutableArray<EditorMessagePart> Parts);

/// <summary>Whose message it is. Results of tools are the user's.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EditorMessageRole>))]
public enum EditorMessageRole
{
    User,
    Assistant,
}

/// <summary>One piece of a message to a model of the editor.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(EditorText), "text")]
[JsonDerivedType(typeof(EditorImage), "image")]
[JsonDerivedType(typeof(EditorToolCall), "toolCall")]
[JsonDerivedType(typeof(EditorToolResult), "toolResult")]
public abstract record EditorMessagePart;

/// <summary>Words.</summary>
public sealed record EditorText(string Text) : EditorMessagePart;

/// <summary>An image.</summary>
/// <param name="MediaType">For example <c>image/png</c>.</param>
/// <param name="Data">Base64.</param>
public sealed record EditorImage(string MediaType, string Data) : EditorMessagePart;

/// <summary>A call the model made.</summary>
/// <param name="CallId">Its result has the same.</param>
/// <param name="Name">The tool.</param>
/// <param name="Input">The arguments, an object.</param>
public sealed record EditorToolCall(string CallId, string Name, JsonElement Input) : EditorMessagePart;

/// <summary>The result of a call, in the message right behind it.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Text">What the model reads.</param>
/// <param name="Images">What it sees.</param>
public sealed record EditorToolResult(string CallId, string Text, ImmutableArray<EditorImage>? Images = null)
    : EditorMessagePart;

/// <param name="Name">The tool.</param>
/// <param name="Description">For the model.</param>
/// <param name="InputSchema">JSON schema of the arguments.</param>
public sealed record EditorTool(string Name, string Description, JsonElement InputSchema);

/// <summary>
/// <see cref="Methods.EditorModelPart"/>: one piece of the reply. The client waits for the answer before it sends the next, and
/// for the last one before it answers <see cref="AskEditorModelParams"/>. A part for a request that nobody waits for is passed
/// over.
/// </summary>
/// <param name="RequestId">The request that it answers.</param>
/// <param name="Text">More of the text.</param>
/// <param name="ToolCall">A whole call.</param>
public sealed record EditorModelPartParams(string RequestId, string? Text = null, EditorReplyCall? ToolCall = null)
    : IRequest<Done>;

/// <param name="CallId">As the model named it.</param>
/// <param name="Name">The tool.</param>
/// <param name="Input">The arguments; the editor hands them over whole.</param>
public sealed record EditorReplyCall(string CallId, string Name, JsonElement Input);

/// <summary>The reply is complete, or failed. The parts that had come count in both cases.</summary>
/// <param name="InputTokens">An estimate: what <c>countTokens</c> says about the messages. Absent when it says nothing.</param>
/// <param name="OutputTokens">An estimate: what <c>countTokens</c> says about the reply. Absent when it says nothing.</param>
/// <param name="Failure">Set when the reply is not complete.</param>
public sealed record AskEditorModelResult(
    long? InputTokens = null,
    long? OutputTokens = null,
    EditorModelFailure? Failure = null
);

/// <param name="Kind">What kind of refusal it was.</param>
/// <param name="Message">The words of the editor, or of who offers the model.</param>
public sealed record EditorModelFailure(EditorModelFailureKind Kind, string Message);

/// <summary>Why a model of the editor did not reply (<c>vscode.LanguageModelError</c>).</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EditorModelFailureKind>))]
public enum EditorModelFailureKind
{
    /// <summary>The user has not consented, or took it back.</summary>
    NoPermissions,

    /// <summary>Blocked by a filter or a quota.</summary>
    Blocked,

    /// <summary>The editor does not have this model, or not any more.</summary>
    NotFound,

    /// <summary>Anything else.</summary>
    Failed,
}
