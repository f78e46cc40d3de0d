namespace Sage.Tools.Editing;

/// <param name="Start">Index in the text.</param>
/// <param name="Length">Characters of the text.</param>
/// <param name="Shift">For <see cref="MatchLevel.Indentation"/>; null there when lines are shifted unevenly, which only counts against the others.</param>
internal readonly record struct TextMatch(int Start, int Length, IndentShift? Shift = null);

/// <summary>Finds every place a piece of text can mean, at the strictest level that finds any. Never chooses between places.</summary>
internal static class TextMatcher
{
    /// <param name="text">With LF.</param>
    /// <param name="wanted">With LF; not empty.</param>
    /// <returns>All candidates of one level, in order; they may overlap. Empty when there is none at any level.</returns>
    public static (MatchLevel Level, IReadOnlyList<TextMatch> Matches) Find(string text, string wanted)
    {
        if (FindExact(text, wanted) is { Count: > 0 } exact)
        {
            return (MatchLevel.Exact, exact);
        }

        if (FindLoosely(new LineWindows(text, wanted)) is { } loose)
        {
            return loose;
        }

        var (plainText, plainWanted) = (Typography.Plain(text), Typography.Plain(wanted));
        return FindExact(plainText, plainWanted) is { Count: > 0 } plain
            ? (MatchLevel.Typography, plain)
            : (MatchLevel.Typography, new LineWindows(plainText, plainWanted).Find(SameButForTheEnd));
    }

    /// <summary>As <see cref="Find"/>, but whole lines only.</summary>
    /// <param name="text">With LF, one at its end.</param>
    /// <param name="wanted">With LF, one at its end; not blank.</param>
    public static (MatchLevel Level, IReadOnlyList<TextMatch> Matches) FindLines(string text, string wanted)
    {
        var windows = new LineWindows(text, wanted);
        return windows.Find(static (line, other) => line.SequenceEqual(other)) is { Count: > 0 } exact
            ? (MatchLevel.Exact, exact)
            : FindLoosely(windows)
                ?? (
                    MatchLevel.Typography,
                    new LineWindows(Typography.Plain(text), Typography.Plain(wanted)).Find(SameButForTheEnd)
                );
    }

    private static (MatchLevel Level, IReadOnlyList<TextMatch> Matches)? FindLoosely(LineWindows windows)
    {
        if (windows.Find(SameButForTheEnd) is { Count: > 0 } trimmed)
        {
            return (MatchLevel.TrailingWhitespace, trimmed);
        }

        return windows.FindShifted() is { } shifted && (shifted.Count > 1 || shifted is [{ Shift: not null }])
            ? (MatchLevel.Indentation, shifted)
            : null;
    }

    private static List<TextMatch> FindExact(string text, string wanted)
    {
        List<TextMatch> matches = [];
        for (
            var at = text.IndexOf(wanted, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal)
        )
        {
            matches.Add(new TextMatch(at, wanted.Length));
        }

        return matches;
    }

    private static bool SameButForTheEnd(ReadOnlySpan<char> line, ReadOnlySpan<char> wanted) =>
        line.TrimEnd().SequenceEqual(wanted.TrimEnd());

    private delegate bool LineComparison(ReadOnlySpan<char> line, ReadOnlySpan<char> wanted);

    /// <summary>Every run of whole lines that is as long as the wanted text.</summary>
    private sealed class LineWindows
    {
        private readonly string _text;
        private readonly List<Range> _lines = [];
        private readonly string[] _wanted;
        private readonly bool _withLastEnding;

        public LineWindows(string text, string wanted)
        {
            _text = text;
            _withLastEnding = wanted.EndsWith('\n');
            _wanted = (_withLastEnding ? wanted[..^1] : wanted).Split('\n');
            foreach (var line in text.AsSpan().Split('\n'))
            {
                _lines.Add(line);
            }
        }

        public List<TextMatch> Find(LineComparison same)
        {
            List<TextMatch> matches = [];
            for (var start = 0; CanMatch && start + _wanted.Length <= _lines.Count; start++)
            {
                var i = 0;
                while (i < _wanted.Length && same(Line(start + i), _wanted[i]))
                {
                    i++;
                }

                if (i == _wanted.Length && TryMatchAt(start, out var match))
                {
                    matches.Add(match);
                }
            }

            return matches;
        }

        public List<TextMatch> FindShifted()
        {
            var matches = Find(static (line, wanted) => line.Trim().SequenceEqual(wanted.Trim()));
            for (var i = 0; i < matches.Count; i++)
            {
                matches[i] = matches[i] with { Shift = ShiftAt(EditScript.LineOf(_text, matches[i].Start) - 1) };
            }

            return matches;
        }

        private IndentShift? ShiftAt(int start)
        {
            var first = Array.FindIndex(_wanted, static line => !string.IsNullOrWhiteSpace(line));
            if (!IndentShift.TryBetween(_wanted[first], Line(start + first), out var shift))
            {
                return null;
            }

            for (var i = 0; i < _wanted.Length; i++)
            {
                if (!shift.Joins(_wanted[i], Line(start + i)))
                {
                    return null;
                }
            }

            return shift;
        }

        // Blank lines alone are everywhere and say nothing about the place.
        private bool CanMatch => _wanted.Any(static line => !string.IsNullOrWhiteSpace(line));

        private ReadOnlySpan<char> Line(int index) => _text.AsSpan(_lines[index]);

        private bool TryMatchAt(int startLine, out TextMatch match)
        {
            var start = _lines[startLine].Start.Value;
            var end = _lines[startLine + _wanted.Length - 1].End.Value;
            var length = end - start + (_withLastEnding ? 1 : 0);
            match = new TextMatch(start, length);
            return start + length <= _text.Length;
        }
    }
}
