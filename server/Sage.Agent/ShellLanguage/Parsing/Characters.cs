using System.Buffers;
using System.Globalization;

namespace Sage.Agent.ShellLanguage.Parsing;

/// <summary>What single characters are to a shell.</summary>
internal static class Characters
{
    // What systems take as one argument.
    private const int LongestText = 128 * 1024;

    /// <summary>What older shells look for in a substitution, also where it means nothing.</summary>
    public static SearchValues<char> QuotesAndBrackets { get; } = SearchValues.Create("'\"`\\()#$");

    /// <summary>Refuses what shells, or the way to them, do not take as it stands, wherever it stands.</summary>
    public static void Check(Cursor cursor)
    {
        var text = cursor.Text;
        if (text.Length > LongestText)
        {
            throw new UnparsedException("it is too long for one argument of a process", LongestText);
        }

        if (text.StartsWith('-') || text.StartsWith('+'))
        {
            throw new UnparsedException("the shell would take it for its own option", 0);
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n'))
            {
                throw new UnparsedException("there is a control character", i);
            }

            if (char.IsSurrogate(c) && (!char.IsHighSurrogate(c) || !char.IsLowSurrogate(text.ElementAtOrDefault(++i))))
            {
                throw new UnparsedException("there is half a character", i);
            }
        }
    }

    public static bool IsBlank(char c) => c is ' ' or '\t';

    /// <summary>Ends an unquoted word. NUL is the end of the text.</summary>
    public static bool EndsWord(char c) =>
        c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')' or '\0';

    /// <summary>May stand in the name of a variable.</summary>
    public static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    public static bool BeginsName(char c) => char.IsAsciiLetter(c) || c == '_';

    /// <summary>Unquoted, it may stand for something else to some shell, or with some option.</summary>
    public static bool IsPattern(char c) => c is '*' or '?' or '[' or ']' or '{' or '}' or '~' or '!' or '^' or '#';

    /// <summary>Unquoted, it stands for itself to every shell.</summary>
    public static bool IsPlain(char c) =>
        char.IsAscii(c)
            ? char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or ':' or ',' or '+' or '@' or '%' or '-' or '='
            // What looks like a blank is one to some shells in some locales.
            : char.GetUnicodeCategory(c)
                is not (
                    UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Format
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
                );
}
