using System.Collections.Immutable;
using Sage.Protocol.EditorKnowledge;

namespace Sage.Tools.Editor.Edits;

/// <summary>What a language server would change, or why it cannot be made.</summary>
/// <param name="Files">Those that would not stay as they are.</param>
/// <param name="Error">The model reads it.</param>
internal sealed record FoundEdit(ImmutableArray<EditorFileEdit> Files, string? Error = null)
{
    public static FoundEdit Failed(string error) => new([], error);

    /// <param name="edit">As the editor told it.</param>
    /// <param name="what">What makes it, in messages.</param>
    public static FoundEdit Of(EditorEdit edit, string what)
    {
        ImmutableArray<EditorFileEdit> files =
        [
            .. edit.Files.Where(static file => file.Edits.Any(static change => change.OldText != change.NewText)),
        ];
        return edit.HasFileOperations
                ? Failed(
                    $"{what} would also create, move or delete files, or insert a snippet, which cannot be done from here. Nothing was changed; use other tools."
                )
            : files.IsEmpty ? Failed($"{what} would change nothing.")
            : new FoundEdit(files);
    }
}
