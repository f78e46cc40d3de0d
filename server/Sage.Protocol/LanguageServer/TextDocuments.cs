using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.LanguageServer;

/// <param name="Line">0-based.</param>
/// <param name="Character">0-based, in UTF-16 code units.</param>
public sealed record Position(int Line, int Character);

/// <summary>A range of a document; the end is exclusive.</summary>
public sealed record TextRange(Position Start, Position End);

/// <param name="Uri">Identifies the document.</param>
/// <param name="LanguageId">For example <c>typescript</c>.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="Text">The whole text.</param>
public sealed record TextDocumentItem(string Uri, string LanguageId, int Version, string Text);

public sealed record TextDocumentIdentifier(string Uri);

public sealed record VersionedTextDocumentIdentifier(string Uri, int Version);

/// <summary><see cref="LanguageServerMethods.DidOpen"/>.</summary>
public sealed record DidOpenParams(TextDocumentItem TextDocument) : IRequest<Done>;

/// <summary><see cref="LanguageServerMethods.DidChange"/>.</summary>
/// <param name="TextDocument">The document and its version after the changes.</param>
/// <param name="ContentChanges">To be applied one after the other.</param>
public sealed record DidChangeParams(
    VersionedTextDocumentIdentifier TextDocument,
    ImmutableArray<TextDocumentContentChange> ContentChanges
) : IRequest<Done>;

/// <param name="Text">The new text of the range.</param>
/// <param name="Range">What is replaced; the whole document when absent.</param>
public sealed record TextDocumentContentChange(string Text, TextRange? Range = null);

/// <summary><see cref="LanguageServerMethods.DidSave"/>.</summary>
public sealed record DidSaveParams(TextDocumentIdentifier TextDocument) : IRequest<Done>;

/// <summary><see cref="LanguageServerMethods.DidClose"/>.</summary>
public sealed record DidCloseParams(TextDocumentIdentifier TextDocument) : IRequest<Done>;
