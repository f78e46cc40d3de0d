using System.Collections.Immutable;

namespace Sage.Protocol.EditorKnowledge;

/// <summary><see cref="Methods.FindReferences"/>: every use of a symbol (<c>vscode.executeReferenceProvider</c>), its definition among them.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Line">1-based.</param>
/// <param name="Symbol">The identifier on that line; its first occurrence is meant.</param>
/// <param name="Most">How many to answer with.</param>
public sealed record FindReferencesParams(string Path, int Line, string Symbol, int Most);

/// <summary><see cref="Methods.FindDefinitions"/>: where a symbol is defined (<c>vscode.executeDefinitionProvider</c>).</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Line">1-based.</param>
/// <param name="Symbol">The identifier on that line; its first occurrence is meant.</param>
/// <param name="Most">How many to answer with.</param>
public sealed record FindDefinitionsParams(string Path, int Line, string Symbol, int Most);

/// <summary>Places that a language server knows.</summary>
/// <param name="Count">How many there are in all.</param>
/// <param name="Locations">By path and line, at most as many as were asked for.</param>
/// <param name="Miss">Set when the symbol is not on the line; then nobody was asked.</param>
public sealed record FoundLocations(int Count, ImmutableArray<EditorLocation> Locations, SymbolMiss? Miss = null);

/// <param name="Path">Absolute; a URI for what is no file.</param>
/// <param name="Line">1-based.</param>
/// <param name="Text">The line, trimmed and cut; absent when it cannot be read.</param>
public sealed record EditorLocation(string Path, int Line, string? Text = null);

/// <summary>The asked symbol is not on the asked line.</summary>
/// <param name="Lines">1-based lines of the file that have the symbol, a few at most.</param>
/// <param name="LineText">What is there; absent when the file has no such line.</param>
public sealed record SymbolMiss(ImmutableArray<int> Lines, string? LineText = null);
