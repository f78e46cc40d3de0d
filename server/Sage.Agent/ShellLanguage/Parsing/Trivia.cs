namespace Sage.Agent.ShellLanguage.Parsing;

/// <summary>Skips what stands between words: blanks, comments, line breaks.</summary>
internal static class Trivia
{
    private const string Continuation = "\\\n";

    /// <summary>Blanks and broken lines, and a comment up to the end of its line.</summary>
    public static void SkipBlanks(Cursor cursor)
    {
        for (; ; )
        {
            if (Characters.IsBlank(cursor.Current))
            {
                cursor.Skip();
            }
            else if (cursor.IsAt(Continuation))
            {
                RefuseAwaited(cursor);
                cursor.Skip(Continuation.Length);
            }
            else
            {
                break;
            }
        }

        if (cursor.Current == '#')
        {
            SkipComment(cursor);
        }
    }

    /// <summary>Blanks, comments and any number of line breaks.</summary>
    public static void SkipLines(Cursor cursor)
    {
        SkipBlanks(cursor);
        while (cursor.Current == '\n')
        {
            SkipLineBreak(cursor);
            SkipBlanks(cursor);
        }
    }

    /// <summary>One line break; the lines of here-documents that begin behind it belong to it.</summary>
    public static void SkipLineBreak(Cursor cursor)
    {
        cursor.Skip();
        HereDocumentReader.ReadBodies(cursor);
    }

    /// <summary>Refuses a line break inside of a word or a construct while a here-document is to begin at the next one.</summary>
    public static void RefuseAwaited(Cursor cursor)
    {
        if (cursor.Awaited.Count > 0)
        {
            throw cursor.Refuse("it is not certain where the here-document begins");
        }
    }

    private static void SkipComment(Cursor cursor)
    {
        var length = cursor.Rest.IndexOf('\n');
        var comment = length < 0 ? cursor.Rest : cursor.Rest[..length];
        if (cursor.Enclosure != Enclosure.None && comment.ContainsAny(Characters.QuotesAndBrackets))
        {
            throw cursor.Refuse("a comment in a substitution holds quotes or brackets");
        }

        cursor.Skip(comment.Length);
    }
}
