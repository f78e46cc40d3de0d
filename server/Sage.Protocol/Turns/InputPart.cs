using System.Text.Json.Serialization;
using Sage.Protocol.Json;

namespace Sage.Protocol.Turns;

/// <summary>One piece of what the user sends: words, or something attached to them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextPart), "text")]
[JsonDerivedType(typeof(ImagePart), "image")]
[JsonDerivedType(typeof(FilePart), "file")]
[JsonDerivedType(typeof(SelectionPart), "selection")]
[JsonDerivedType(typeof(ResourcePart), "resource")]
[JsonDerivedType(typeof(ExcerptPart), "excerpt")]
public abstract record InputPart;

/// <summary>The user's words.</summary>
public sealed record TextPart(string Text) : InputPart;

/// <summary>An image.</summary>
/// <param name="MediaType">For example <c>image/png</c>.</param>
/// <param name="Data">Base64.</param>
public sealed record ImagePart(string MediaType, string Data) : InputPart;

/// <summary>A file (or folder) the user points at; the server reads the file.</summary>
/// <param name="Path">Absolute, or relative to the workspace root; a folder ends in <c>/</c>.</param>
public sealed record FilePart(string Path) : InputPart;

/// <summary>A range of a document, with the text the user saw.</summary>
/// <param name="Path">Absolute, or relative to the workspace root.</param>
/// <param name="StartLine">1-based.</param>
/// <param name="EndLine">1-based, inclusive.</param>
/// <param name="Text">The selected text, unsaved changes included.</param>
/// <param name="WholeFile">The server read it for a <see cref="FilePart"/>: the user pointed at the file, not at lines of it. Null when not.</param>
public sealed record SelectionPart(string Path, int StartLine, int EndLine, string Text, bool? WholeFile = null)
    : InputPart;

/// <summary>Something that the editor showed the user, as text: it is no file, and was true at that moment.</summary>
/// <param name="Source">What it was taken from.</param>
/// <param name="Title">For people and the model, for example <c>Problems in src/cart.ts</c>.</param>
/// <param name="Text">
/// As it was shown. Of more than 50,000 characters the server keeps the beginning and the end, and says how much is left out.
/// </param>
public sealed record ExcerptPart(ExcerptSource Source, string Title, string Text) : InputPart;

/// <summary>What an <see cref="ExcerptPart"/> was taken from.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ExcerptSource>))]
public enum ExcerptSource
{
    /// <summary>Errors and warnings of the editor's language servers.</summary>
    Problems,

    /// <summary>A command in a terminal with its output, or words that were selected there.</summary>
    Terminal,

    /// <summary>A diff of what is not committed yet.</summary>
    Changes,

    /// <summary>Why a test failed.</summary>
    Test,

    /// <summary>Both sides of a conflict of a merge.</summary>
    Conflict,
}

/// <summary>A resource of an MCP server that the user pointed at with <c>@server:uri</c>; the server reads it, a client never sends one.</summary>
/// <param name="Server">The server's name.</param>
/// <param name="Uri">As the server knows it.</param>
/// <param name="Text">What it says, or why it could not be read.</param>
/// <param name="IsTrusted">The user has said that what this server answers raises no questions. Null when not.</param>
public sealed record ResourcePart(string Server, string Uri, string Text, bool? IsTrusted = null) : InputPart;
