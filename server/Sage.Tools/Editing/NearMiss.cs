using System.Text;
using Sage.Tools.Text;

namespace Sage.Tools.Editing;

/// <summary>Explains why text was not found: shows what comes closest, with line numbers.</summary>
internal static class NearMiss
{
    private const int MostLinesShown = 25;
    private const int MostLinesCompared = 20_000;
    private const double LeastLikeness = 0.5;

    /// <param name="shown">The file's name.</param>
    /// <param name="text">What is there.</param>
    /// <param name="wanted">What was looked for.</param>
    /// <param name="replacement">What should have come instead.</param>
    /// <param name="names">What the last two are called where the model wrote them.</param>
    public static string Explain(string shown, string text, string wanted, string replacement, PieceNames names)
    {
        if (replacement.Trim().Length > 10 && text.IndexOf(replacement, StringComparison.Ordinal) is >= 0 and var at)
        {
            return $"{names.Old} was not found in {shown}, but {names.New} is already there (line {EditScript.LineOf(text, at)}).";
        }

        var lines = text.Split('\n');
        var wantedLines = wanted.TrimEnd('\n').Split('\n');
        return Closest(lines, wantedLines) is { } start
            ? $"{names.Old} was not found in {shown}. The closest text is:\n{Excerpt(lines, start, wantedLines.Length)}\n"
                + "Use the text exactly as it is in the file."
            : $"{names.Old} was not found in {shown}, nor anything like it. Read the file again.";
    }

    /// <summary>Where most of the wanted lines stand in order; else the line most like the longest wanted one.</summary>
    private static int? Closest(string[] lines, string[] wanted)
    {
        var votes = new Dictionary<int, int>();
        var byContent = lines
            .Take(MostLinesCompared)
            .Select(static (line, index) => (Key: line.Trim(), Index: index))
            .Where(static line => line.Key.Length > 2)
            .ToLookup(static line => line.Key, static line => line.Index, StringComparer.Ordinal);
        for (var i = 0; i < wanted.Length; i++)
        {
            foreach (var index in byContent[wanted[i].Trim()])
            {
                votes[index - i] = votes.GetValueOrDefault(index - i) + 1;
            }
        }

        return votes.Count > 0
            ? Math.Max(
                0,
                votes.OrderByDescending(static vote => vote.Value).ThenBy(static vote => vote.Key).First().Key
            )
            : MostAlike(lines, wanted);
    }

    private static int? MostAlike(string[] lines, string[] wanted)
    {
        var offset = Array.IndexOf(wanted, wanted.MaxBy(static line => line.Trim().Length));
        var pairs = Pairs(wanted[offset]);
        var best = lines
            .Take(MostLinesCompared)
            .Select((line, index) => (Index: index, Likeness: Likeness(pairs, Pairs(line))))
            .MaxBy(static line => line.Likeness);
        return best.Likeness >= LeastLikeness ? Math.Max(0, best.Index - offset) : null;
    }

    private static HashSet<(char, char)> Pairs(string line)
    {
        line = line.Trim();
        return [.. line.Zip(line.Skip(1))];
    }

    private static double Likeness(HashSet<(char, char)> left, HashSet<(char, char)> right) =>
        left.Count + right.Count == 0 ? 0 : 2.0 * left.Count(right.Contains) / (left.Count + right.Count);

    private static string Excerpt(string[] lines, int start, int count)
    {
        var text = new StringBuilder();
        var end = Math.Min(lines.Length, start + Math.Min(count, MostLinesShown));
        for (var i = start; i < end; i++)
        {
            text.Append(i > start ? "\n" : "").Append(i + 1).Append('\t').Append(Utf8Codec.Presentable(Cut(lines[i])));
        }

        return text.ToString();
    }

    private static string Cut(string line) => line.Length <= 300 ? line : line[..300] + "…";
}

/// <param name="Old">What was looked for: <c>`old_text`</c>.</param>
/// <param name="New">What should have come instead: <c>`new_text`</c>.</param>
internal readonly record struct PieceNames(string Old, string New);
