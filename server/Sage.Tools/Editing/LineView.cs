using System.Collections;

namespace Sage.Tools.Editing;

/// <summary>
/// The lines of a text, each with its LF, of which one part is looked at closely: a change of one line in a huge file does not split
/// all of it.
/// </summary>
internal sealed class LineView : IReadOnlyList<string>
{
    // As far as a hunk's context reaches, and a little more.
    private const int Near = 32;
    private readonly int _head;
    private readonly int _tail;
    private readonly int _headLines;
    private readonly Lazy<string[]> _all;

    /// <param name="text">Ends its lines with LF.</param>
    /// <param name="head">Where the part begins: at the start of a line.</param>
    /// <param name="tail">Where it ends: at the start of a line, or at the end.</param>
    /// <param name="headLines">How many lines are before it.</param>
    /// <param name="tailLines">How many lines are behind it.</param>
    public LineView(string text, int head, int tail, int headLines, int tailLines)
    {
        (Text, _head, _tail, _headLines) = (text, head, tail, headLines);
        Middle = Split(text.AsSpan(head, tail - head));
        Count = headLines + Middle.Length + tailLines;
        _all = new Lazy<string[]>(() => Split(Text));
    }

    public string Text { get; }

    /// <summary>The lines of the part.</summary>
    public string[] Middle { get; }

    public int Count { get; }

    public string this[int index] =>
        index >= _headLines && index < _headLines + Middle.Length ? Middle[index - _headLines]
        : index < _headLines && _headLines - index <= Near ? Before(_headLines - index)
        : index >= _headLines && index - _headLines - Middle.Length < Near ? Behind(index - _headLines - Middle.Length)
        : _all.Value[index];

    public IEnumerable<string> Slice(int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            yield return this[i];
        }
    }

    public IEnumerator<string> GetEnumerator() => Slice(0, Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static string[] Split(ReadOnlySpan<char> text)
    {
        List<string> lines = [];
        while (!text.IsEmpty)
        {
            var length = text.IndexOf('\n') is var end and >= 0 ? end + 1 : text.Length;
            lines.Add(text[..length].ToString());
            text = text[length..];
        }

        return [.. lines];
    }

    private string Before(int distance)
    {
        var (start, end) = (_head, _head);
        for (; distance > 0; distance--)
        {
            (start, end) = (start < 2 ? 0 : Text.LastIndexOf('\n', start - 2) + 1, start);
        }

        return Text[start..end];
    }

    private string Behind(int distance)
    {
        var start = _tail;
        for (; distance > 0; distance--)
        {
            start = Text.IndexOf('\n', start) + 1;
        }

        var end = Text.IndexOf('\n', start);
        return Text[start..(end < 0 ? Text.Length : end + 1)];
    }
}
