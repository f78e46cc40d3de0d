using System.Collections.Immutable;

namespace Sage.Tools.Editing.Patching;

/// <summary>Applies the hunks of one file to its text: all of them or none, each where it can mean one place only.</summary>
internal static class PatchScript
{
    private static readonly PieceNames Names = new("Its context and `-` lines", "what should be there");

    /// <param name="shown">The file's name in errors.</param>
    /// <param name="original">With LF.</param>
    /// <param name="hunks">Each is looked for behind the one before, then anywhere.</param>
    public static EditOutcome Apply(string shown, string original, ImmutableArray<PatchHunk> hunks)
    {
        var text = new PatchedText(original);
        for (var i = 0; i < hunks.Length; i++)
        {
            if (Place(shown, original, text, hunks[i]) is { } problem)
            {
                var which = $"Hunk {i + 1} of {hunks.Length} (line {hunks[i].LineNumber} of the patch) does not fit. ";
                return new EditOutcome(original, $"{which}{problem}");
            }
        }

        var result = text.ToString();
        return result == original
            ? new EditOutcome(original, $"The patch would not change {shown}.")
            : new EditOutcome(result, Error: null, text.Loosest);
    }

    /// <returns>What is wrong; null when the hunk has its place.</returns>
    private static string? Place(string shown, string original, PatchedText text, PatchHunk hunk)
    {
        if (OmissionMark.FindNew(string.Join('\n', hunk.Added), original) is { } mark)
        {
            return $"It adds the placeholder “{mark}” instead of text. Write what {shown} shall contain.";
        }

        if (!AnchorScope.TryFind(text.Lines, text.Cursor, hunk.Anchors, out var scope, out var missing))
        {
            return $"`@@ {missing}` names no line of {shown}. Use a line exactly as it is in the file, or none.";
        }

        return hunk.Lines.All(static line => line.Mark == PatchMark.Added)
            ? PlaceAddition(shown, text, hunk, scope)
            : PlaceChange(shown, original, text, hunk, scope);
    }

    private static string? PlaceAddition(string shown, PatchedText text, PatchHunk hunk, AnchorScope scope)
    {
        if (hunk.Place == PatchPlace.EndOfFile || text.Lines.Length == 0)
        {
            text.Insert(text.Lines.Length, hunk.New);
            return null;
        }

        return scope.Blocks switch
        {
            [] =>
                "It only adds lines and does not say where: give the lines around them, or `*** End of File` behind them.",
            [var only] => Inserted(only.First + 1),
            var several => $"`@@ {hunk.Anchors[^1]}` matches "
                + $"{EditScript.Places(shown, several.Select(static block => block.First + 1), MatchLevel.Exact)}. Give the lines around what is added.",
        };

        string? Inserted(int line)
        {
            text.Insert(line, hunk.New);
            return null;
        }
    }

    private static string? PlaceChange(
        string shown,
        string original,
        PatchedText text,
        PatchHunk hunk,
        AnchorScope scope
    )
    {
        var trimmed = hunk.WithoutBlankEnds();
        if (trimmed.Old.All(string.IsNullOrWhiteSpace))
        {
            return "Apart from what it adds it holds only blank lines, which are in many places. Give the lines around them.";
        }

        var found = trimmed.Lines.Length == hunk.Lines.Length ? [hunk] : new[] { hunk, trimmed };
        foreach (var variant in found)
        {
            var (level, places) = text.Find(variant.Old, scope, hunk.Place);
            if (places is [var only])
            {
                return text.TryReplace(only, variant, level)
                    ? null
                    : $"Its lines overlap with those of an earlier hunk (line {only.First + 1}).";
            }

            if (places.Count > 1)
            {
                return $"It matches {EditScript.Places(shown, places.Select(static place => place.First + 1), level)}. "
                    + "Add lines around it, or `@@` with a line it stands below, until it is unique.";
            }
        }

        var (wanted, replacement) = (string.Join('\n', trimmed.Old), string.Join('\n', trimmed.New));
        return NearMiss.Explain(shown, original, wanted, replacement, Names);
    }
}
