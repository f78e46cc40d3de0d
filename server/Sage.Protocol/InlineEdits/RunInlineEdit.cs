using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.InlineEdits;

/// <summary><see cref="Methods.RunInlineEdit"/>: rewrite one range of one document by an instruction.</summary>
/// <param name="Path">Absolute path of the document; its unsaved text (from document sync) is what is edited.</param>
/// <param name="StartLine">1-based first line of the target.</param>
/// <param name="EndLine">1-based last line of the target, inclusive. An empty target is one line before which text is inserted.</param>
/// <param name="Instruction">What the user asked for.</param>
/// <param name="Insert">True to insert before <paramref name="StartLine"/> instead of replacing the range.</param>
/// <param name="PartialResultToken">When given, <see cref="InlineEditProgress"/> values arrive as <c>$/progress</c> under this token.</param>
/// <param name="Model">A model id; the selected model when absent.</param>
/// <param name="Refines">Set when the target shows what an earlier edit proposed, and the instruction is about that.</param>
public sealed record RunInlineEditParams(
    string Path,
    int StartLine,
    int EndLine,
    string Instruction,
    bool Insert = false,
    string? PartialResultToken = null,
    string? Model = null,
    RefinedEdit? Refines = null
) : IRequest<RunInlineEditResult>;

/// <summary>An inline edit that the user has not decided about, and wants otherwise.</summary>
/// <param name="Original">What stood in the place of the target before: whole lines joined by LF.</param>
/// <param name="Instructions">What the user asked for until now, the oldest first.</param>
public sealed record RefinedEdit(string Original, ImmutableArray<string> Instructions);

/// <summary>The whole replacement, once more, when the stream has ended.</summary>
/// <param name="Text">The text that replaces the target: whole lines joined by LF, without a final newline.</param>
/// <param name="Error">Set when the model failed; <paramref name="Text"/> is then what had arrived and must not be kept.</param>
public sealed record RunInlineEditResult(string Text, Turns.TurnError? Error = null);

/// <summary>A piece of the replacement.</summary>
/// <param name="Offset">Where the piece starts, in UTF-16 code units of the replacement so far.</param>
/// <param name="Text">The piece.</param>
public sealed record InlineEditProgress(int Offset, string Text);

/// <summary><see cref="Methods.SaveDocument"/>.</summary>
/// <param name="Path">Absolute path of an open document.</param>
public sealed record SaveDocumentParams(string Path);

/// <param name="Saved">False when the editor refused (read-only, conflict on disk).</param>
public sealed record SaveDocumentResult(bool Saved);
