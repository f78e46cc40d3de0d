using System.Text;

namespace Sage.Agent.Permissions;

/// <summary>
/// Patterns over texts of which parts may be unknown. A star stands for any characters, a backslash takes the next star or
/// backslash as it is, and a star behind a space at the end may stand for nothing together with the space.
/// </summary>
internal static class TextPattern
{
    private const char Star = '\uFFFF';

    public static bool Matches(string pattern, string text, Unknowns unknowns)
    {
        var elements = Read(pattern);
        return MatchesAll(elements, text, unknowns)
            || elements is [.., ' ', Star] && MatchesAll(elements[..^2], text, unknowns);
    }

    /// <summary>The one text that the pattern stands for; null when it has a star.</summary>
    public static string? LiteralOf(string pattern)
    {
        var elements = Read(pattern);
        return elements.Contains(Star) ? null : string.Concat(elements);
    }

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
    private static List<char> Read(string pattern)
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

        return elements;
    }

    /// <summary>Row by row over the text: which beginnings of the pattern match what has been read.</summary>
    private static bool MatchesAll(List<char> pattern, string text, Unknowns unknowns)
    {
        var reached = new bool[pattern.Count + 1];
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
            for (var p = 0; p <= pattern.Count; p++)
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

    private static void PassStars(List<char> pattern, bool[] reached)
    {
        for (var p = 0; p < pattern.Count; p++)
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
