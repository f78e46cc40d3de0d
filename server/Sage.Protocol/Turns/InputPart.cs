using System.Text.Json.Serialization;

namespace Sage.Protocol.Turns;

/// <summary>One piece of what the user sends: words, or something attached to them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextPart), "text")]
[JsonDerivedType(typeof(ImagePart), "image")]
[JsonDerivedType(typeof(FilePart), "file")]
[JsonDerivedType(typeof(SelectionPart), "selection")]
[JsonDerivedType(typeof(ResourcePart), "resource")]
public abstract record InputPart;

/// <summary>The user's words.</summary>
public sealed record TextPart(string Text) : InputPart;

/// <summary>An image.</summary>
/// <param name="MediaType">For example <c>image/png</c>.</param>
/// <param name="Data">Base64.</param>
public sealed record ImagePart(string MediaType, string Data) : InputPart;

/// <summary>A file (or folder) the user points at; the server reads it.</summary>
/// <param name="Path">Absolute, or relative to the workspace root.</param>
public sealed record FilePart(string Path) : InputPart;

/// <summary>A range of a document, with the text the user saw.</summary>
/// <param name="Path">Absolute, or relative to the workspace root.</param>
/// <param name="StartLine">1-based.</param>
/// <param name="EndLine">1-based, inclusive.</param>
/// <param name="Text">The selected text, unsaved changes included.</param>
/// <param name="WholeFile">The server read it for a <see cref="FilePart"/>: the user pointed at the file, not at lines of it. Null when not.</param>
public sealed record SelectionPart(string Path, int StartLine, int EndLine, string Text, bool? WholeFile = null)
    : InputPart;

/// <summary>A resource of an MCP server that the user pointed at with <c>@server:uri</c>; the server reads it, a client never sends one.</summary>
/// <param name="Server">The server's name.</param>
/// <param name="Uri">As the server knows it.</param>
/// <param name="Text">What it says, or why it could not be read.</param>
/// <param name="IsTrusted">The user has said that what this server answers raises no questions. Null when not.</param>
public sealed record ResourcePart(string Server, string Uri, string Text, bool? IsTrusted = null) : InputPart;
