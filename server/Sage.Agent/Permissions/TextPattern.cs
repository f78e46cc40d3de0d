using System.Text;

namespace Sage.Agent.Permissions;

/// <summary>
/// A pattern over texts of which parts may be unknown. A star stands for any characters, a backslash takes the next star or
/// backslash as it is, and a star behind a space at the end may stand for nothing together with the space.
/// </summary>
internal sealed class TextPattern
{
    private const char Star = '\uFFFF';

    private readonly char[] _elements;

    /// <summary>How much of the pattern comes before its first star.</summary>
    private readonly int _fixed;

    public TextPattern(string pattern)
    {
        _elements = Read(pattern);
        var star = Array.IndexOf(_elements, Star);
        _fixed = star < 0 ? _elements.Length : star;
        Literal = star < 0 ? new string(_elements) : null;
    }

    /// <summary>The one text that the pattern stands for; null when it has a star.</summary>
    public string? Literal { get; }

    public bool Matches(string text, Unknowns unknowns) =>
        MayBegin(text, unknowns)
        && (
            MatchesAll(_elements, text, unknowns)
            || _elements is [.., ' ', Star] && MatchesAll(_elements.AsSpan()[..^2], text, unknowns)
        );

    /// <summary>The pattern that stands for this text and no other.</summary>
    public static string Escape(string text)
    {
        var pattern = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // A backslash before anything else is one anyway.
            var needsEscape = text[i] == '*' || text[i] == '\\' && i + 1 < text.Length && text[i + 1] is ('*' or '\\');
            pattern.Append(needsEscape ? "\\" : "").Append(text[i]);
        }

        return pattern.ToString();
    }

    /// <summary>The pattern with its stars as a character that nobody writes.</summary>
    private static char[] Read(string pattern)
    {
        var elements = new List<char>(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            var isEscape = pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '*' or '\\';
            elements.Add(
                isEscape ? pattern[++i]
                : pattern[i] == '*' ? Star
                : pattern[i]
            );
        }

        return [.. elements];
    }

    /// <summary>False for most of many rules, and cheap: the texts differ before anything is unknown or a star.</summary>
    private bool MayBegin(string text, Unknowns unknowns)
    {
        for (var i = 0; i < _fixed && i < text.Length; i++)
        {
            if (text[i] == PermissionPart.Unknown && unknowns == Unknowns.MayBecomeAnything)
            {
                return true;
            }

            if (text[i] != _elements[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Row by row over the text: which beginnings of the pattern match what has been read.</summary>
    private static bool MatchesAll(ReadOnlySpan<char> pattern, string text, Unknowns unknowns)
    {
        var reached = new bool[pattern.Length + 1];
        reached[0] = true;
        PassStars(pattern, reached);
        foreach (var c in text)
        {
            if (c == PermissionPart.Unknown && unknowns == Unknowns.MayBecomeAnything)
            {
                // It may become whatever brings the pattern further.
                var first = Array.IndexOf(reached, true);
                Array.Fill(reached, true, first, reached.Length - first);
                continue;
            }

            var previous = false;
            for (var p = 0; p <= pattern.Length; p++)
            {
                var isReached =
                    p > 0 && previous && pattern[p - 1] == c || reached[p] && p > 0 && pattern[p - 1] == Star;
                previous = reached[p];
                reached[p] = isReached;
            }

            PassStars(pattern, reached);
            if (!reached.AsSpan().Contains(true))
            {
                return false;
            }
        }

        return reached[^1];
    }

    private static void PassStars(ReadOnlySpan<char> pattern, bool[] reached)
    {
        for (var p = 0; p < pattern.Length; p++)
        {
            reached[p + 1] |= reached[p] && pattern[p] == Star;
        }
    }
}

/// <summary>What <see cref="PermissionPart.Unknown"/> in a text matches.</summary>
internal enum Unknowns
{
    /// <summary>Only a star: the answer holds whatever they become.</summary>
    StandForThemselves,

    /// <summary>Everything: the answer is what they could become.</summary>
    MayBecomeAnything,
}
