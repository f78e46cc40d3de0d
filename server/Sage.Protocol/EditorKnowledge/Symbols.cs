using System.Collections.Immutable;

namespace Sage.Protocol.EditorKnowledge;

/// <summary><see cref="Methods.ListDocumentSymbols"/>: the outline of a file (<c>vscode.executeDocumentSymbolProvider</c>).</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Most">How many to answer with.</param>
public sealed record ListDocumentSymbolsParams(string Path, int Most);

/// <summary><see cref="Methods.FindWorkspaceSymbols"/>: symbols by name (<c>vscode.executeWorkspaceSymbolProvider</c>).</summary>
/// <param name="Root">Absolute folder; what lies elsewhere is left out.</param>
/// <param name="Query">Each language server matches in its own way.</param>
/// <param name="Most">How many to answer with.</param>
public sealed record FindWorkspaceSymbolsParams(string Root, string Query, int Most);

/// <param name="Count">How many there are in all.</param>
/// <param name="Symbols">At most as many as were asked for; of a file in its order, of a workspace in that of the language servers.</param>
public sealed record FoundSymbols(int Count, ImmutableArray<EditorSymbol> Symbols);

/// <param name="Name">The symbol.</param>
/// <param name="Kind">In lower case: <c>class</c>, <c>method</c>.</param>
/// <param name="Path">Absolute.</param>
/// <param name="StartLine">1-based.</param>
/// <param name="EndLine">1-based, inclusive.</param>
/// <param name="Depth">How many symbols of the outline it is inside of.</param>
/// <param name="Container">What it belongs to, where that is not told by the depth.</param>
public sealed record EditorSymbol(
    string Name,
    string Kind,
    string Path,
    int StartLine,
    int EndLine,
    int Depth = 0,
    string? Container = null
);

/// <summary><see cref="Methods.ReadHover"/>: what the editor shows of a symbol under the mouse (<c>vscode.executeHoverProvider</c>).</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Line">1-based.</param>
/// <param name="Symbol">The identifier on that line; its first occurrence is meant.</param>
public sealed record ReadHoverParams(string Path, int Line, string Symbol);

/// <param name="Text">Markdown; empty when nothing is shown.</param>
/// <param name="Miss">Set when the symbol is not on the line.</param>
public sealed record ReadHoverResult(string Text, SymbolMiss? Miss = null);
