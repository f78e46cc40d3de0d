using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Words;

/// <summary>Reads commands whose output is substituted.</summary>
internal static class SubstitutionReader
{
    /// <summary><c>$(…)</c></summary>
    public static SubstitutionPart Read(Cursor cursor) => ReadBrackets(cursor, SubstitutionKind.Parentheses);

    /// <summary><c>&lt;(…)</c> or <c>&gt;(…)</c></summary>
    public static SubstitutionPart ReadFile(Cursor cursor)
    {
        cursor.OnlyIn(Shells.Bash | Shells.Zsh);
        return ReadBrackets(cursor, cursor.Current == '<' ? SubstitutionKind.FileToRead : SubstitutionKind.FileToWrite);
    }

    /// <summary><c>`…`</c>. Its end is found before its inside is read, so nothing in it may be escaped.</summary>
    public static SubstitutionPart ReadBackquotes(Cursor cursor, Surroundings surroundings)
    {
        var start = cursor.Position;
        cursor.Skip();
        var length = cursor.Rest.IndexOf('`');
        if (length < 0)
        {
            throw cursor.Refuse("a backquote is not closed");
        }

        var inside = cursor.Rest[..length];
        if (inside.Contains('\\') || surroundings != Surroundings.Bare && inside.Contains('"'))
        {
            throw cursor.Refuse("shells differ in what is quoted between backquotes");
        }

        var part = cursor.Part(cursor.Position, cursor.Position + length, Enclosure.Backquotes);
        var body = ListReader.ReadScript(part);
        cursor.Return(part);
        cursor.Skip(length + 1);
        return new SubstitutionPart(cursor.SpanFrom(start), SubstitutionKind.Backquotes, body);
    }

    private static SubstitutionPart ReadBrackets(Cursor cursor, SubstitutionKind kind)
    {
        var start = cursor.Position;
        cursor.Skip(2);
        var body = cursor.Inside(Enclosure.Substitution, ListReader.Read);
        cursor.Expect(")");
        return new SubstitutionPart(cursor.SpanFrom(start), kind, body);
    }
}
