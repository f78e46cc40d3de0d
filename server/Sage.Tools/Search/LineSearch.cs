using System.Text.RegularExpressions;

namespace Sage.Tools.Search;

/// <summary>Searches the text of one file with a .NET regular expression.</summary>
internal sealed class LineSearch
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(2);

    private readonly SearchQuery _query;
    private readonly Regex _regex;

    private LineSearch(SearchQuery query, Regex regex) => (_query, _regex) = (query, regex);

    /// <summary>Null when the pattern is not valid; the reason goes to <paramref name="error"/>.</summary>
    public static LineSearch? Create(SearchQuery query, out string? error)
    {
        error = null;
        var options = RegexOptions.CultureInvariant;
        options |= query.Case == CaseRule.Insensitive ? RegexOptions.IgnoreCase : RegexOptions.None;
        options |=
            query.Span == MatchSpan.ManyLines ? RegexOptions.Multiline | RegexOptions.Singleline : RegexOptions.None;
        // Ripgrep's way to name groups.
        var pattern = query.Pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
        try
        {
            return new LineSearch(query, Compile(pattern, options));
        }
        catch (RegexParseException e)
        {
            error =
                $"`pattern` is not a valid regular expression: {e.Message} To search for characters such as ( [ {{ . * as they are, escape them with a backslash.";
            return null;
        }
    }

    /// <exception cref="RegexMatchTimeoutException">The pattern backtracks without end.</exception>
    public List<FoundLine> Find(string text)
    {
        text = _query.Span == MatchSpan.ManyLines ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
        var lines = Lines(text);
        var matching = _query.Span == MatchSpan.ManyLines ? FindAcross(text, lines) : FindWithin(text, lines);
        return matching.Count == 0 ? [] : WithContext(text, lines, matching);
    }

    // Without backtracking a hostile pattern cannot hang the search; look-around and back references need it.
    private static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, LongestMatch);
        }
    }

    private List<int> FindWithin(string text, List<Range> lines)
    {
        List<int> matching = [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (_regex.IsMatch(text.AsSpan(lines[i])))
            {
                matching.Add(i);
                if (_query.Depth == SearchDepth.FirstMatch)
                {
                    break;
                }
            }
        }

        return matching;
    }

    private List<int> FindAcross(string text, List<Range> lines)
    {
        List<int> matching = [];
        var line = 0;
        foreach (var match in _regex.EnumerateMatches(text))
        {
            var last = Math.Max(match.Index, match.Index + match.Length - 1);
            while (line < lines.Count && Start(lines, line + 1, text) <= match.Index)
            {
                line++;
            }

            for (; line < lines.Count && lines[line].Start.Value <= last; line++)
            {
                matching.Add(line);
            }

            line = Math.Max(0, line - 1);
            if (_query.Depth == SearchDepth.FirstMatch)
            {
                break;
            }
        }

        return [.. matching.Distinct()];
    }

    private static int Start(List<Range> lines, int index, string text) =>
        index < lines.Count ? lines[index].Start.Value : text.Length + 1;

    private List<FoundLine> WithContext(string text, List<Range> lines, List<int> matching)
    {
        List<FoundLine> found = [];
        var next = 0;
        for (var m = 0; m < matching.Count; m++)
        {
            var from = Math.Max(next, matching[m] - _query.Context);
            var to = Math.Min(lines.Count - 1, matching[m] + _query.Context);
            to = m + 1 < matching.Count ? Math.Min(to, matching[m + 1] - 1) : to;
            for (var i = from; i <= to; i++)
            {
                found.Add(new FoundLine(i + 1, FoundText.Cut(text.AsSpan(lines[i])), i == matching[m]));
            }

            next = to + 1;
        }

        return found;
    }

    /// <summary>The lines without their endings, as ripgrep counts them: by LF alone.</summary>
    private static List<Range> Lines(string text)
    {
        List<Range> lines = [];
        for (var start = 0; start < text.Length; )
        {
            var length = text.AsSpan(start).IndexOf('\n');
            var end = length < 0 ? text.Length : start + length;
            var content = end > start && text[end - 1] == '\r' ? end - 1 : end;
            lines.Add(start..content);
            start = end + 1;
        }

        return lines;
    }
}
