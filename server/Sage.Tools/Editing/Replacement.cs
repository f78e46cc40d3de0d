using System.Text;

namespace Sage.Tools.Editing;

/// <summary>Writes new text the way the file writes it: lines the edit leaves alone stay as the file has them.</summary>
internal static class Replacement
{
    /// <param name="found">The file's text at the match.</param>
    /// <param name="wanted">What the model wrote for it.</param>
    /// <param name="replacement">What the model wants there.</param>
    public static string Of(string found, string wanted, string replacement, MatchLevel level, IndentShift shift)
    {
        if (level == MatchLevel.Exact)
        {
            return replacement;
        }

        var withLastEnding = wanted.EndsWith('\n');
        var foundLines = (withLastEnding ? found[..^1] : found).Split('\n');
        var ending = withLastEnding && replacement.EndsWith('\n') ? "\n" : "";
        var diff = LineDiff.Between(
            withLastEnding ? wanted : wanted + "\n",
            ending.Length > 0 ? replacement : replacement + "\n"
        );
        List<string> lines = [];
        var old = 0;
        foreach (var change in diff.Changes)
        {
            lines.AddRange(foundLines[old..change.OldStart]);
            for (var i = 0; i < change.NewCount; i++)
            {
                var line = diff.NewLines[change.NewStart + i].TrimEnd('\n');
                var pairs = level == MatchLevel.Typography && change.OldCount == change.NewCount;
                lines.Add(
                    pairs
                        ? KeepEnds(
                            foundLines[change.OldStart + i],
                            diff.OldLines[change.OldStart + i].TrimEnd('\n'),
                            line
                        )
                        : shift.Apply(line)
                );
            }

            old = change.OldStart + change.OldCount;
        }

        lines.AddRange(foundLines[old..]);
        return string.Join('\n', lines) + ending;
    }

    /// <summary>Around what really changes in a line, the file's own characters stay.</summary>
    private static string KeepEnds(string found, string wanted, string replacement)
    {
        if (found.Length != wanted.Length)
        {
            return replacement;
        }

        var start = wanted.AsSpan().CommonPrefixLength(replacement);
        var end = 0;
        while (
            end < wanted.Length - start
            && end < replacement.Length - start
            && wanted[^(end + 1)] == replacement[^(end + 1)]
        )
        {
            end++;
        }

        return new StringBuilder(replacement.Length)
            .Append(found.AsSpan(0, start))
            .Append(replacement.AsSpan(start, replacement.Length - start - end))
            .Append(found.AsSpan(found.Length - end))
            .ToString();
    }
}
