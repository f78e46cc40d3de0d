using System.Text;
using Sage.Tools.Text;

namespace Sage.Tools.Editing;

/// <summary>Gives edited text its line endings back: untouched lines keep theirs, new lines take their neighbours'.</summary>
internal static class LineEndingKeeper
{
    /// <param name="original">The text before, with its own endings.</param>
    /// <param name="diff">From the text before to the text after, both with LF.</param>
    public static string Restore(string original, LineDiff diff)
    {
        if (!original.Contains('\r', StringComparison.Ordinal))
        {
            return diff.NewLines.Text;
        }

        var lines = TextLines.Split(original);
        var main = TextLines.MainEnding(lines);
        var text = new StringBuilder(original.Length + 256);
        var old = 0;
        foreach (var change in diff.Changes)
        {
            Keep(text, lines, old, change.OldStart);
            for (var i = 0; i < change.NewCount; i++)
            {
                var line = diff.NewLines[change.NewStart + i];
                var neighbour = i < change.OldCount ? change.OldStart + i : change.OldStart + change.OldCount - 1;
                var ending = line.EndsWith('\n') ? EndingOf(lines, neighbour, main) : "";
                Append(text, new TextLine(line.TrimEnd('\n'), ending));
            }

            old = change.OldStart + change.OldCount;
        }

        Keep(text, lines, old, lines.Count);
        return text.ToString();
    }

    private static string EndingOf(List<TextLine> lines, int index, string main) =>
        index >= 0 && lines[index].Ending is { Length: > 0 } ending ? ending : main;

    private static void Keep(StringBuilder text, List<TextLine> lines, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            Append(text, lines[i]);
        }
    }

    // An empty line that ends in LF would melt into a CR before it; only files that mix the two can come to this.
    private static void Append(StringBuilder text, TextLine line)
    {
        var melts = line is { Content: "", Ending: "\n" } && text.Length > 0 && text[^1] == '\r';
        text.Append(line.Content).Append(melts ? "\r\n" : line.Ending);
    }
}
