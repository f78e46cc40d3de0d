using System.Text.RegularExpressions;
using Sage.Tools.Text;

namespace Sage.Tools.Editing;

/// <summary>Recognises comments that stand for code a model was too lazy to write: <c>// ... rest of code unchanged</c>.</summary>
internal static partial class OmissionMark
{
    /// <summary>The first such line of <paramref name="text"/> that <paramref name="before"/> does not have; null when there is none.</summary>
    public static string? FindNew(string text, string? before)
    {
        if (!MentionsOmission().IsMatch(text))
        {
            return null;
        }

        var known = before is null
            ? []
            : TextLines.Split(before).Select(static line => line.Content.Trim()).ToHashSet(StringComparer.Ordinal);
        return TextLines
            .Split(text)
            .Select(static line => line.Content.Trim())
            .FirstOrDefault(line => CommentThatOmits().IsMatch(line) && !known.Contains(line));
    }

    [GeneratedRegex("existing|rest|remain|unchanged|previous|same as", RegexOptions.IgnoreCase)]
    private static partial Regex MentionsOmission();

    // A comment sign, then either dots around "existing code" and its like, or "rest of … unchanged".
    [GeneratedRegex(
        """
            ^(?://|\#|/\*|<!--|\{/\*|--|;|%|'|"{3})\s*
            (?:
                (?:\.{3}|…)\s*(?:the\s+)?(?:(?:rest|remainder)\s+of|existing|remaining|previous|other|unchanged)\b.{0,60}?
              | \(?(?:the\s+)?(?:existing|remaining|previous|unchanged)\s+[\w\s]{1,30}?(?:\.{3}|…)
              | (?:\.{3}|…)?\s*\(?(?:the\s+)?(?:(?:rest|remainder)\s+of\s+.{1,40}?|(?:existing|remaining|other)\s+[\w\s]{1,30}?)
                \s+(?:is\s+|are\s+|remains?\s+|stays?\s+)?(?:unchanged|the\s+same|as\s+before|same\s+as\s+before|omitted|here)
            )
            [\s.…)]*(?:\*/\}?|-->)?$
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex CommentThatOmits();
}
