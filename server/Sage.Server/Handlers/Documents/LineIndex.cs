using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Documents;

/// <summary>
/// Translates between offsets and the protocol's positions in one text. Both count UTF-16 code units; a line ends with CRLF, LF or CR.
/// </summary>
internal sealed class LineIndex
{
    private readonly string _text;
    private readonly List<int> _starts = [0];

    public LineIndex(string text)
    {
        _text = text;
        for (var i = 0; i < text.Length; i++)
        {
            var at = text.AsSpan(i).IndexOfAny('\r', '\n');
            if (at < 0)
            {
                break;
            }

            i += at;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                i++;
            }

            _starts.Add(i + 1);
        }
    }

    public int LineCount => _starts.Count;

    /// <summary>The offset of a position; positions outside the text are moved to the nearest place inside, as the protocol says.</summary>
    public int OffsetOf(Position position)
    {
        if (position.Line < 0)
        {
            return 0;
        }

        if (position.Line >= _starts.Count)
        {
            return _text.Length;
        }

        var start = _starts[position.Line];
        return start + Math.Clamp(position.Character, 0, EndOfLine(position.Line) - start);
    }

    public Position PositionOf(int offset)
    {
        var found = _starts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return new Position(line, offset - _starts[line]);
    }

    /// <summary>The text of whole lines, 0-based and inclusive, without the last line ending.</summary>
    public string Lines(int first, int last)
    {
        var from = Math.Clamp(first, 0, _starts.Count - 1);
        var to = Math.Clamp(last, from, _starts.Count - 1);
        return _text[_starts[from]..EndOfLine(to)];
    }

    private int EndOfLine(int line)
    {
        if (line + 1 == _starts.Count)
        {
            return _text.Length;
        }

        var end = _starts[line + 1] - 1;
        return end > _starts[line] && _text[end] == '\n' && _text[end - 1] == '\r' ? end - 1 : end;
    }
}
