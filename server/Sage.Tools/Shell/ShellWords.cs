using System.Text;

namespace Sage.Tools.Shell;

/// <summary>
/// Splits a command line into words when every POSIX shell reads it the same way; whatever could mean more than plain words
/// (expansion, redirection, chaining, globbing, escapes) is refused.
/// </summary>
internal static class ShellWords
{
    /// <summary>The words; null when the command is not that plain, or empty.</summary>
    public static string[]? TrySplit(string command)
    {
        var words = new List<string>();
        var rest = command.AsSpan().Trim(" \t");
        while (!rest.IsEmpty)
        {
            if (TryReadWord(ref rest, isFirst: words.Count == 0) is not { } word)
            {
                return null;
            }

            words.Add(word);
            rest = rest.TrimStart(" \t");
        }

        return words.Count == 0 ? null : [.. words];
    }

    private static string? TryReadWord(ref ReadOnlySpan<char> rest, bool isFirst)
    {
        // zsh replaces `=name` by the path of the command.
        if (rest[0] == '=')
        {
            return null;
        }

        var word = new StringBuilder();
        var previousQuote = '\0';
        while (!rest.IsEmpty && rest[0] is not (' ' or '\t'))
        {
            if (rest[0] is '\'' or '"')
            {
                // zsh can be told to read '' inside single quotes as one quote; a quoted command name is nothing plain.
                if (isFirst || rest[0] == previousQuote || !TryReadQuoted(ref rest, word, out previousQuote))
                {
                    return null;
                }
            }
            else if (IsPlain(rest[0]))
            {
                word.Append(rest[0]);
                rest = rest[1..];
                previousQuote = '\0';
            }
            else
            {
                return null;
            }
        }

        return word.ToString();
    }

    private static bool TryReadQuoted(ref ReadOnlySpan<char> rest, StringBuilder word, out char quote)
    {
        quote = rest[0];
        var length = rest[1..].IndexOf(quote);
        if (length < 0)
        {
            return false;
        }

        var text = rest.Slice(1, length);
        foreach (var c in text)
        {
            if (char.IsControl(c) || (quote == '"' && c is '$' or '`' or '\\' or '!'))
            {
                return false;
            }
        }

        word.Append(text);
        rest = rest[(length + 2)..];
        return true;
    }

    // What is allowed, not what is forbidden: an overlooked character must ask, not pass.
    private static bool IsPlain(char c) =>
        char.IsLetterOrDigit(c) || c is '_' or '.' or '/' or ':' or ',' or '+' or '=' or '@' or '%' or '-';
}
