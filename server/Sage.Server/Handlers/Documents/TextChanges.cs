using System.Collections.Immutable;
using System.Text;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Documents;

/// <summary>Applies the editor's incremental changes to a text, and finds the smallest change between two texts.</summary>
internal static class TextChanges
{
    public static string Apply(string text, ImmutableArray<TextDocumentContentChange> changes) =>
        changes.Length > 1 && TryApplyBackwards(text, changes) is { } changed
            ? changed
            : changes.Aggregate(text, ApplyOne);

    /// <summary>One replacement that turns one text into the other, as short as the protocol's positions allow.</summary>
    public static TextEdit Smallest(string before, string after)
    {
        var prefix = before.AsSpan().CommonPrefixLength(after);
        var longest = Math.Min(before.Length, after.Length) - prefix;
        var suffix = 0;
        while (suffix < longest && before[^(suffix + 1)] == after[^(suffix + 1)])
        {
            suffix++;
        }

        // Positions inside a line ending or a surrogate pair do not exist for the editor.
        while (prefix > 0 && (Splits(before, prefix) || Splits(after, prefix)))
        {
            prefix--;
        }

        while (suffix > 0 && (Splits(before, before.Length - suffix) || Splits(after, after.Length - suffix)))
        {
            suffix--;
        }

        var lines = new LineIndex(before);
        return new TextEdit(
            new TextRange(lines.PositionOf(prefix), lines.PositionOf(before.Length - suffix)),
            after[prefix..(after.Length - suffix)]
        );
    }

    private static string ApplyOne(string text, TextDocumentContentChange change)
    {
        if (change.Range is null)
        {
            return change.Text;
        }

        var (start, end) = Offsets(new LineIndex(text), change.Range);
        return string.Concat(text.AsSpan(0, start), change.Text, text.AsSpan(end));
    }

    // Editors send many changes at once from the bottom up (format, replace all). Then each one's positions still hold in the
    // first text, and one pass does it instead of one copy of the text for each.
    private static string? TryApplyBackwards(string text, ImmutableArray<TextDocumentContentChange> changes)
    {
        var lines = new LineIndex(text);
        var offsets = new (int Start, int End)[changes.Length];
        var limit = text.Length + 1;
        for (var i = 0; i < changes.Length; i++)
        {
            if (changes[i].Range is not { } range)
            {
                return null;
            }

            offsets[i] = Offsets(lines, range);
            // Strictly above the change before it: then neither line numbers nor the end of its line can have moved.
            if (offsets[i].End >= limit)
            {
                return null;
            }

            limit = offsets[i].Start;
        }

        return Assemble(text, changes, offsets);
    }

    private static string Assemble(
        string text,
        ImmutableArray<TextDocumentContentChange> changes,
        (int Start, int End)[] offsets
    )
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        for (var i = changes.Length - 1; i >= 0; i--)
        {
            result.Append(text.AsSpan(at, offsets[i].Start - at)).Append(changes[i].Text);
            at = offsets[i].End;
        }

        return result.Append(text.AsSpan(at)).ToString();
    }

    private static (int Start, int End) Offsets(LineIndex lines, TextRange range)
    {
        var start = lines.OffsetOf(range.Start);
        return (start, Math.Max(start, lines.OffsetOf(range.End)));
    }

    private static bool Splits(string text, int offset) =>
        offset > 0
        && offset < text.Length
        && (
            text[offset - 1] == '\r' && text[offset] == '\n'
            || char.IsHighSurrogate(text[offset - 1]) && char.IsLowSurrogate(text[offset])
        );
}
