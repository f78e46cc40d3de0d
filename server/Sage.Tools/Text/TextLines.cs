namespace Sage.Tools.Text;

/// <summary>One line and what ends it: LF, CRLF, CR, or nothing at the end of the text.</summary>
internal readonly record struct TextLine(string Content, string Ending);

/// <summary>Splits text into lines the way editors count them.</summary>
internal static class TextLines
{
    /// <summary>Every line; text that ends with a line ending has no empty line after it.</summary>
    public static List<TextLine> Split(string text)
    {
        List<TextLine> lines = [];
        for (var start = 0; start < text.Length; )
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            if (length < 0)
            {
                lines.Add(new TextLine(text[start..], ""));
                break;
            }

            var end = start + length;
            var ending = EndingAt(text, end);
            lines.Add(new TextLine(text[start..end], ending));
            start = end + ending.Length;
        }

        return lines;
    }

    /// <summary>The same text with LF only.</summary>
    public static string WithLf(string text) =>
        text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;

    /// <summary>The ending most lines have; LF when there is none.</summary>
    public static string MainEnding(IEnumerable<TextLine> lines)
    {
        var main = lines
            .Where(static line => line.Ending.Length > 0)
            .GroupBy(static line => line.Ending)
            .MaxBy(static group => group.Count());
        return main?.Key ?? "\n";
    }

    /// <summary>True when lines end in more than one way.</summary>
    public static bool AreMixed(IEnumerable<TextLine> lines) =>
        lines.Select(static line => line.Ending).Where(static ending => ending.Length > 0).Distinct().Skip(1).Any();

    private static string EndingAt(string text, int index) =>
        text[index] == '\n' ? "\n"
        : index + 1 < text.Length && text[index + 1] == '\n' ? "\r\n"
        : "\r";
}
