using System.Collections.Immutable;
using System.Text;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Editing;
using Sage.Tools.Text;

namespace Sage.Tools.Editor.Edits;

/// <summary>
/// Makes the edits of a language server in a text, all or none. Each must meet exactly what the editor saw there: a language server
/// that has not heard of the latest change would hit other words.
/// </summary>
internal static class EditedText
{
    /// <param name="shown">The file, as messages name it.</param>
    /// <param name="text">With LF.</param>
    /// <param name="edits">In any order; they do not overlap.</param>
    public static EditOutcome Apply(string shown, string text, ImmutableArray<EditorTextEdit> edits)
    {
        var starts = LineStarts(text);
        var result = new StringBuilder(text.Length);
        var end = 0;
        foreach (var edit in edits.OrderBy(static edit => (edit.StartLine, edit.StartCharacter)))
        {
            var from = Offset(text, starts, edit.StartLine, edit.StartCharacter);
            var to = Offset(text, starts, edit.EndLine, edit.EndCharacter);
            if (from is not { } start || to is not { } stop || start < end || stop < start)
            {
                return Misfit(shown, text, edit);
            }

            if (!text.AsSpan(start, stop - start).SequenceEqual(TextLines.WithLf(edit.OldText)))
            {
                return Misfit(shown, text, edit);
            }

            result.Append(text.AsSpan(end, start - end)).Append(TextLines.WithLf(edit.NewText));
            end = stop;
        }

        result.Append(text.AsSpan(end));
        return new EditOutcome(result.ToString(), Error: null);
    }

    private static EditOutcome Misfit(string shown, string text, EditorTextEdit edit) =>
        new(
            text,
            $"The language server's edit of {shown}, line {edit.StartLine}, does not fit what is there: it may not have seen the latest change yet. Try again."
        );

    private static List<int> LineStarts(string text)
    {
        List<int> starts = [0];
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }

        return starts;
    }

    private static int? Offset(string text, List<int> starts, int line, int character)
    {
        if (line < 1 || line > starts.Count || character < 0)
        {
            return null;
        }

        var end = line == starts.Count ? text.Length : starts[line] - 1;
        var offset = starts[line - 1] + character;
        return offset <= end ? offset : null;
    }
}
