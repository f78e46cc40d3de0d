using System.Buffers;

namespace Sage.Agent.Secrets;

/// <summary>Finds where the end of a text may be the beginning of a secret.</summary>
internal static class SecretBeginning
{
    private const string AnyKeyCharacter = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+/=~";
    private const int LongestHeader = 64;
    private static readonly SearchValues<char> Marks = SearchValues.Create("-.+/=~");

    /// <summary>What keys of a known shape are made of.</summary>
    public static readonly SearchValues<char> KeyCharacters = SearchValues.Create(AnyKeyCharacter);

    private static readonly SearchValues<char> FirstCharacters = SearchValues.Create([
        .. SecretShapes.Beginnings.Select(static beginning => beginning[0]).Distinct(),
        SecretShapes.PrivateKeyBegins[0],
    ]);

    /// <param name="before">The two characters before the text.</param>
    /// <param name="text">What ends somewhere.</param>
    /// <param name="redaction">What is looked for.</param>
    /// <returns>An index into the text; its length when nothing begins.</returns>
    public static int Find(string before, string text, SecretRedaction redaction)
    {
        var end = text.Length;
        foreach (var secret in redaction.Known)
        {
            end = Math.Min(end, OfKnown(text, secret));
        }

        return redaction.HidesShapes ? Math.Min(end, Math.Min(OfShape(before, text), OfPrivateKey(text))) : end;
    }

    private static int OfKnown(string text, string secret)
    {
        var from = Math.Max(0, text.Length - secret.Length + 1);
        for (var at = text.IndexOf(secret[0], from); at >= 0; at = text.IndexOf(secret[0], at + 1))
        {
            if (secret.AsSpan().StartsWith(text.AsSpan(at)))
            {
                return at;
            }
        }

        return text.Length;
    }

    // A word can begin where the characters of a key do, behind an escape of JSON, and behind what is no letter.
    private static int OfShape(string before, string text)
    {
        var start = text.AsSpan().LastIndexOfAnyExcept(KeyCharacters) + 1;
        for (var at = start; at < text.Length; )
        {
            if (FirstCharacters.Contains(text[at]) && IsWordStart(before, text, at) && MayBegin(text.AsSpan(at)))
            {
                return at;
            }

            var next = at == start ? 0 : text.AsSpan(at).IndexOfAny(Marks);
            if (next < 0)
            {
                break;
            }

            at += next + 1;
        }

        return text.Length;
    }

    private static bool MayBegin(ReadOnlySpan<char> end)
    {
        foreach (var beginning in SecretShapes.Beginnings)
        {
            if (end.StartsWith(beginning) || beginning.AsSpan().StartsWith(end))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The line that begins a private key has not come whole.</summary>
    private static int OfPrivateKey(string text)
    {
        const string begins = SecretShapes.PrivateKeyBegins;
        const string dashes = "-----";
        var from = Math.Max(0, text.Length - LongestHeader);
        if (text.AsSpan(from).LastIndexOf(begins) is var at and >= 0)
        {
            var start = from + at;
            var rest = text.AsSpan(start + begins.Length);
            var end = rest.IndexOf(dashes);
            var isHeader = !rest[..(end < 0 ? rest.Length : end)].ContainsAnyExcept(Header);
            if (isHeader && end < 0)
            {
                return start;
            }

            // The dashes that end a header begin nothing.
            from = start + begins.Length + (isHeader ? end + dashes.Length : 0);
        }

        for (var dash = text.IndexOf('-', from); dash >= 0; dash = text.IndexOf('-', dash + 1))
        {
            if (begins.AsSpan().StartsWith(text.AsSpan(dash)))
            {
                return dash;
            }
        }

        return text.Length;
    }

    private static readonly SearchValues<char> Header = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -");

    // As the expression has it: a word begins, or an escape of JSON stands before it.
    private static bool IsWordStart(string before, string text, int at)
    {
        var (last, one) = (At(before, text, at - 1), At(before, text, at - 2));
        return !IsWord(last) || (one == '\\' && last is 'n' or 'r' or 't' or 'b' or 'f');
    }

    private static char At(string before, string text, int index) =>
        index >= 0 ? text[index]
        : before.Length + index >= 0 ? before[before.Length + index]
        : ' ';

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';
}
