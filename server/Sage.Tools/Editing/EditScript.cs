using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sage.Tools.Text;

namespace Sage.Tools.Editing;

/// <summary>Applies the edits of one call to a text, in order, each to what the one before left: all of them or none.</summary>
internal static class EditScript
{
    private const int MostPlacesShown = 10;

    private static readonly PieceNames Names = new("`old_text`", "`new_text`");

    /// <param name="shown">The file's name in errors.</param>
    /// <param name="original">With LF.</param>
    public static EditOutcome Apply(string shown, string original, ImmutableArray<TextEdit> edits)
    {
        var (text, loosest) = (original, MatchLevel.Exact);
        for (var i = 0; i < edits.Length; i++)
        {
            var result = ApplyOne(shown, original, text, edits[i]);
            if (result.Error is not null)
            {
                var which = edits.Length > 1 ? $"Edit {i + 1} of {edits.Length}: " : "";
                var none = edits.Length > 1 ? " None of the edits was applied." : "";
                return new EditOutcome(original, $"{which}{result.Error}{none}");
            }

            text = result.Text;
            loosest = (MatchLevel)Math.Max((int)loosest, (int)result.Loosest);
        }

        return text == original
            ? new EditOutcome(original, $"The edits cancel each other out; {shown} would not change.")
            : new EditOutcome(text, Error: null, loosest);
    }

    private static EditOutcome ApplyOne(string shown, string original, string text, TextEdit edit)
    {
        var (wanted, replacement) = (TextLines.WithLf(edit.OldText), TextLines.WithLf(edit.NewText));
        if (Objection(shown, original, wanted, replacement) is { } objection)
        {
            return new EditOutcome(text, objection);
        }

        var (level, matches) = TextMatcher.Find(text, wanted);
        return matches.Count switch
        {
            0 => new EditOutcome(text, NearMiss.Explain(shown, text, wanted, replacement, Names)),
            1 => Replace(text, matches, level, wanted, replacement),
            _ when edit.ReplaceAll && AreAllClear(matches, level) => Replace(text, matches, level, wanted, replacement),
            _ => new EditOutcome(text, Ambiguous(shown, text, matches, level)),
        };
    }

    private static bool AreAllClear(IReadOnlyList<TextMatch> matches, MatchLevel level) =>
        level != MatchLevel.Indentation || matches.All(static match => match.Shift is not null);

    private static string? Objection(string shown, string original, string wanted, string replacement) =>
        wanted.Length == 0 ? "`old_text` is empty. To create a file or write all of it, use write_file."
        : wanted == replacement ? "`old_text` and `new_text` are the same, so nothing would change."
        : OmissionMark.FindNew(replacement, original) is { } mark
            ? $"`new_text` holds the placeholder “{mark}” instead of text. Write what {shown} shall contain, or make `old_text` smaller."
        : null;

    private static EditOutcome Replace(
        string text,
        IReadOnlyList<TextMatch> matches,
        MatchLevel level,
        string wanted,
        string replacement
    )
    {
        var result = new StringBuilder(text.Length + replacement.Length);
        var end = 0;
        foreach (var match in matches)
        {
            if (match.Start < end)
            {
                continue;
            }

            result.Append(text.AsSpan(end, match.Start - end));
            var found = text.Substring(match.Start, match.Length);
            result.Append(Replacement.Of(found, wanted, replacement, level, match.Shift ?? default));
            end = match.Start + match.Length;
        }

        result.Append(text.AsSpan(end));
        return new EditOutcome(result.ToString(), Error: null, level);
    }

    private static string Ambiguous(string shown, string text, IReadOnlyList<TextMatch> matches, MatchLevel level)
    {
        return $"`old_text` matches {Places(shown, matches.Select(match => LineOf(text, match.Start)), level)}. "
            + "Add lines around it until it is unique, or set `replace_all`.";
    }

    /// <summary><c>2 places in a.txt (lines 1, 3)</c>, and how loosely they match.</summary>
    internal static string Places(string shown, IEnumerable<int> lineNumbers, MatchLevel level)
    {
        var all = lineNumbers.ToArray();
        var places = all.Take(MostPlacesShown).Select(static line => line.ToString(CultureInfo.InvariantCulture));
        var more = all.Length > MostPlacesShown ? " …" : "";
        var how =
            level == MatchLevel.Exact ? "" : ", none exactly, but that many when whitespace and typography are ignored";
        return $"{all.Length} places in {shown} (lines {string.Join(", ", places)}{more}){how}";
    }

    /// <summary>1-based.</summary>
    internal static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;
}

/// <param name="Text">With LF; as it was when there is an error.</param>
/// <param name="Error">For the model.</param>
/// <param name="Loosest">The least strict level any edit needed.</param>
internal sealed record EditOutcome(string Text, string? Error, MatchLevel Loosest = MatchLevel.Exact);
