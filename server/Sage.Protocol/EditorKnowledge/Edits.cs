using System.Collections.Immutable;

namespace Sage.Protocol.EditorKnowledge;

/// <summary>
/// <see cref="Methods.RenameSymbol"/>: what renaming a symbol would change (<c>vscode.executeDocumentRenameProvider</c>). The editor
/// changes nothing: the server does, as it does with every edit.
/// </summary>
/// <param name="Path">Absolute.</param>
/// <param name="Line">1-based.</param>
/// <param name="Symbol">The identifier on that line; its first occurrence is meant.</param>
/// <param name="NewName">What it shall be called.</param>
public sealed record RenameSymbolParams(string Path, int Line, string Symbol, string NewName);

/// <param name="Edit">Absent when nothing can be renamed.</param>
/// <param name="Refusal">Why not, in the language server's words.</param>
/// <param name="Miss">Set when the symbol is not on the line.</param>
public sealed record RenameSymbolResult(EditorEdit? Edit = null, string? Refusal = null, SymbolMiss? Miss = null);

/// <summary>
/// <see cref="Methods.ListCodeActions"/>: what the light bulb offers for some lines (<c>vscode.executeCodeActionProvider</c>), without
/// Sage's own entries, or what one entry would change. The editor changes nothing.
/// </summary>
/// <param name="Path">Absolute.</param>
/// <param name="StartLine">1-based.</param>
/// <param name="EndLine">1-based, inclusive.</param>
/// <param name="Title">The entry whose edit is wanted, word for word.</param>
public sealed record ListCodeActionsParams(string Path, int StartLine, int EndLine, string? Title = null);

/// <param name="Actions">In the editor's order.</param>
/// <param name="Edit">Of the wanted entry; absent when there is none of that title, or it changes nothing by itself.</param>
public sealed record ListCodeActionsResult(ImmutableArray<EditorCodeAction> Actions, EditorEdit? Edit = null);

/// <param name="Title">What the menu shows.</param>
/// <param name="Kind">A code action kind: <c>quickfix</c>.</param>
/// <param name="IsPreferred">True for the one that the editor would choose.</param>
/// <param name="Obstacle">Why Sage cannot apply it: <c>disabled: …</c>, <c>runs a command</c>.</param>
public sealed record EditorCodeAction(
    string Title,
    string? Kind = null,
    bool IsPreferred = false,
    string? Obstacle = null
);

/// <summary>What a language server would change.</summary>
/// <param name="Files">Each once.</param>
/// <param name="HasFileOperations">True when it would also create, move or delete files, or insert snippets: text alone would be half of it.</param>
public sealed record EditorEdit(ImmutableArray<EditorFileEdit> Files, bool HasFileOperations = false);

/// <param name="Path">Absolute.</param>
/// <param name="Edits">They do not overlap, and all are of the same text.</param>
public sealed record EditorFileEdit(string Path, ImmutableArray<EditorTextEdit> Edits);

/// <summary>A piece of text and what stands there instead.</summary>
/// <param name="StartLine">1-based.</param>
/// <param name="StartCharacter">0-based, in UTF-16 code units.</param>
/// <param name="EndLine">1-based.</param>
/// <param name="EndCharacter">0-based, exclusive.</param>
/// <param name="OldText">What the editor sees there; the server changes nothing where it finds something else.</param>
/// <param name="NewText">What shall be there.</param>
public sealed record EditorTextEdit(
    int StartLine,
    int StartCharacter,
    int EndLine,
    int EndCharacter,
    string OldText,
    string NewText
);
