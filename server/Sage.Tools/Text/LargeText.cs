using System.Runtime.CompilerServices;
using System.Text;
using Sage.Tools.Files.Disk;

namespace Sage.Tools.Text;

/// <summary>Reads some lines of a file that is too large to be held, and counts the rest.</summary>
internal static class LargeText
{
    private const int SampleSize = 256 * 1024;
    private const int BufferSize = 64 * 1024;
    private const int PieceSize = 1024 * 1024;

    /// <param name="path">An existing text file.</param>
    /// <param name="start">1-based.</param>
    /// <param name="end">1-based, inclusive.</param>
    /// <param name="mostChars">Lines beyond this much text are counted, not kept.</param>
    public static async Task<LargeTextLines> ReadAsync(
        string path,
        int start,
        int end,
        int mostChars,
        CancellationToken cancellationToken
    )
    {
        await using var stream = Open(path);
        var encoding = await EncodingOfAsync(stream, cancellationToken);
        stream.Position = 0;
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, BufferSize);
        var collector = new LineCollector(start, end, mostChars);
        var buffer = new char[BufferSize];
        while (await reader.ReadBlockAsync(buffer, cancellationToken) is var read and > 0)
        {
            collector.Add(buffer.AsSpan(0, read));
        }

        return collector.Finish(encoding.WebName);
    }

    /// <summary>The whole file in pieces that end at line ends.</summary>
    public static async IAsyncEnumerable<string> ReadPiecesAsync(
        string path,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var stream = Open(path);
        var encoding = await EncodingOfAsync(stream, cancellationToken);
        stream.Position = 0;
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, BufferSize);
        var piece = new StringBuilder();
        var buffer = new char[PieceSize];
        while (await reader.ReadBlockAsync(buffer, cancellationToken) is var read and > 0)
        {
            var end = Array.LastIndexOf(buffer, '\n', read - 1) + 1;
            piece.Append(buffer, 0, end);
            if (end > 0)
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(buffer, end, read - end);
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static FileStream Open(string path) => new(RealFile.OpenRead(path), FileAccess.Read, bufferSize: 0);

    private static async Task<Encoding> EncodingOfAsync(FileStream stream, CancellationToken cancellationToken)
    {
        var sample = new byte[SampleSize];
        var length = await stream.ReadAtLeastAsync(sample, SampleSize, throwOnEndOfStream: false, cancellationToken);
        // A character cut in two at the end of the sample must not count as a mistake.
        const int longestCharacter = 4;
        var valid = Enumerable
            .Range(0, longestCharacter)
            .Any(cut => cut <= length && System.Text.Unicode.Utf8.IsValid(sample.AsSpan(0, length - cut)));
        var hasMark = length >= 4 && sample.AsSpan(0, 4) is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF];
        return valid || hasMark ? Encoding.UTF8 : Encoding.Latin1;
    }

    private sealed class LineCollector(int start, int end, int mostChars)
    {
        private readonly List<string> _lines = [];
        private readonly StringBuilder _line = new();
        private int _number = 1;
        private int _kept;
        private bool _lineHasText;
        private bool _afterCarriageReturn;

        public void Add(ReadOnlySpan<char> text)
        {
            while (!text.IsEmpty)
            {
                if (_afterCarriageReturn)
                {
                    _afterCarriageReturn = false;
                    if (text[0] == '\n')
                    {
                        text = text[1..];
                        continue;
                    }
                }

                var length = text.IndexOfAny('\n', '\r');
                Append(length < 0 ? text : text[..length]);
                if (length < 0)
                {
                    return;
                }

                _afterCarriageReturn = text[length] == '\r';
                EndLine();
                text = text[(length + 1)..];
            }
        }

        public LargeTextLines Finish(string encoding)
        {
            if (_lineHasText)
            {
                EndLine();
            }

            return new LargeTextLines(_lines, _number - 1, encoding);
        }

        private void Append(ReadOnlySpan<char> text)
        {
            _lineHasText |= !text.IsEmpty;
            if (_number >= start && _number <= end && _kept < mostChars)
            {
                var piece = text[..Math.Min(text.Length, mostChars - _kept)];
                _line.Append(piece);
                _kept += piece.Length;
            }
        }

        private void EndLine()
        {
            if (_number >= start && _number <= end && _kept < mostChars)
            {
                _lines.Add(_line.ToString());
                _kept++;
            }

            _line.Clear();
            _number++;
            _lineHasText = false;
        }
    }
}

/// <param name="Lines">As many of the wanted lines as fitted.</param>
/// <param name="Total">Lines of the whole file.</param>
/// <param name="Encoding">For people.</param>
internal sealed record LargeTextLines(IReadOnlyList<string> Lines, int Total, string Encoding);
