namespace Sage.Agent.Workspaces;

/// <summary>
/// One path pattern as git and editors know them: <c>*</c> and <c>?</c> stay within a folder, <c>**</c> crosses folders,
/// <c>[a-z]</c> and <c>[!a]</c> are sets, a backslash takes the next character as it is.
/// </summary>
public sealed class Wildcard
{
    private readonly string[] _segments;

    private Wildcard(string[] segments) => _segments = segments;

    /// <param name="pattern">Segments separated by <c>/</c>, none at the start or end.</param>
    public static Wildcard Parse(string pattern) => new(pattern.Split('/'));

    /// <param name="path">Relative, with forward slashes.</param>
    public bool IsMatch(ReadOnlySpan<char> path)
    {
        Span<Range> parts = stackalloc Range[64];
        var count = path.Split(parts, '/');
        if (count == parts.Length)
        {
            parts = new Range[path.Count('/') + 1];
            count = path.Split(parts, '/');
        }

        return MatchSegments(path, parts[..count]);
    }

    /// <summary>Whether a name without slashes matches a pattern without slashes.</summary>
    public static bool IsNameMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (p, n) = (0, 0);
        var (starAt, resume) = (-1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (starAt, resume) = (p++, n);
            }
            else if (p < pattern.Length && MatchOne(pattern, ref p, name[n]))
            {
                n++;
            }
            else if (starAt >= 0)
            {
                // The last star takes one character more; earlier ones never need to.
                (p, n) = (starAt + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private bool MatchSegments(ReadOnlySpan<char> path, ReadOnlySpan<Range> parts)
    {
        var (s, n) = (0, 0);
        var (starAt, resume) = (-1, 0);
        while (n < parts.Length)
        {
            if (s < _segments.Length && _segments[s] == "**")
            {
                // At the end it stands for what is inside a folder, so for one segment at least.
                if (s == _segments.Length - 1)
                {
                    return true;
                }

                (starAt, resume) = (s++, n);
            }
            else if (s < _segments.Length && IsNameMatch(_segments[s], path[parts[n]]))
            {
                (s, n) = (s + 1, n + 1);
            }
            else if (starAt >= 0)
            {
                (s, n) = (starAt + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return s == _segments.Length;
    }

    /// <summary>Moves past one element of the pattern when it matches.</summary>
    private static bool MatchOne(ReadOnlySpan<char> pattern, ref int p, char c)
    {
        if (pattern[p] == '[' && TrySet(pattern[p..], c, out var length, out var inSet))
        {
            p += inSet ? length : 0;
            return inSet;
        }

        var escaped = pattern[p] == '\\' && p + 1 < pattern.Length;
        var wanted = pattern[escaped ? p + 1 : p];
        var matches = !escaped && wanted == '?' || Same(wanted, c);
        p += matches ? (escaped ? 2 : 1) : 0;
        return matches;
    }

    /// <summary>False when the bracket is never closed and so stands for itself.</summary>
    private static bool TrySet(ReadOnlySpan<char> pattern, char c, out int length, out bool inSet)
    {
        (length, inSet) = (0, false);
        var i = 1;
        var negated = i < pattern.Length && pattern[i] is '!' or '^';
        i += negated ? 1 : 0;
        for (var first = true; i < pattern.Length; first = false)
        {
            if (pattern[i] == ']' && !first)
            {
                length = i + 1;
                inSet ^= negated;
                return true;
            }

            var low = Element(pattern, ref i);
            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                high = Element(pattern, ref i);
            }

            inSet |= c >= low && c <= high;
        }

        return false;
    }

    private static char Element(ReadOnlySpan<char> pattern, ref int i)
    {
        i += pattern[i] == '\\' && i + 1 < pattern.Length ? 1 : 0;
        return pattern[i++];
    }

    private static bool Same(char wanted, char c) =>
        wanted == c || !OperatingSystem.IsLinux() && char.ToUpperInvariant(wanted) == char.ToUpperInvariant(c);
}
