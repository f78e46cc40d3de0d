namespace Sage.Agent.ShellLanguage.Parsing;

/// <summary>Words that mean something where a command begins.</summary>
internal static class ReservedWords
{
    private const int Longest = 10;

    private static readonly string[] Closing = ["then", "elif", "else", "fi", "do", "done", "esac", "}"];

    private static readonly string[] Opening =
    [
        "if",
        "while",
        "until",
        "for",
        "case",
        "select",
        "function",
        "time",
        "[[",
        "{",
    ];

    // Each is reserved by some shell: none is a plain command to all of them.
    private static readonly string[] Elsewhere =
    [
        "in",
        "]]",
        "!",
        "coproc",
        "foreach",
        "end",
        "repeat",
        "nocorrect",
        "noglob",
        "-",
    ];

    /// <summary>The unquoted word here, if it is short enough to be reserved; else an empty one.</summary>
    public static ReadOnlySpan<char> Peek(Cursor cursor)
    {
        var length = 0;
        while (length <= Longest && !Characters.EndsWord(cursor.PeekAt(length)))
        {
            length++;
        }

        return length <= Longest ? cursor.Rest[..length] : [];
    }

    /// <summary>The name that could be one of a variable here; else an empty one.</summary>
    public static string PeekName(Cursor cursor)
    {
        var length = 0;
        while (Characters.IsName(cursor.PeekAt(length)))
        {
            length++;
        }

        return Characters.BeginsName(cursor.Current) ? cursor.Rest[..length].ToString() : "";
    }

    public static bool IsAt(Cursor cursor, ReadOnlySpan<char> word) => Peek(cursor).SequenceEqual(word);

    /// <summary>Reads this word; it has to be there.</summary>
    public static void Expect(Cursor cursor, ReadOnlySpan<char> word)
    {
        Trivia.SkipBlanks(cursor);
        if (!IsAt(cursor, word))
        {
            throw cursor.Refuse($"`{word}` is missing");
        }

        cursor.Skip(word.Length);
    }

    /// <summary>True when the word here ends a list of commands.</summary>
    public static bool IsAtClosing(Cursor cursor) => Contains(Closing, Peek(cursor));

    /// <summary>True when the word here is the name of a command to no shell, or not to all.</summary>
    public static bool IsAtMisplaced(Cursor cursor) => IsAtClosing(cursor) || Contains(Elsewhere, Peek(cursor));

    /// <summary>True when the word here means something to some shell where a command begins.</summary>
    public static bool IsAtReserved(Cursor cursor) => IsAtMisplaced(cursor) || Contains(Opening, Peek(cursor));

    private static bool Contains(string[] words, ReadOnlySpan<char> word)
    {
        foreach (var known in words)
        {
            if (word.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
