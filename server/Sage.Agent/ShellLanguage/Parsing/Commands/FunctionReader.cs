using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Reads definitions of functions.</summary>
internal static class FunctionReader
{
    /// <summary><c>function name { … }</c></summary>
    public static FunctionDefinition ReadKeyword(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
        cursor.Skip("function".Length);
        Trivia.SkipBlanks(cursor);
        var name = ReservedWords.PeekName(cursor);
        cursor.Skip(name.Length);
        Trivia.SkipBlanks(cursor);
        if (cursor.Current == '(')
        {
            // With both the keyword and brackets it is bash's alone.
            cursor.OnlyIn(Shells.Bash | Shells.Zsh);
            ReadBrackets(cursor);
        }

        return ReadBody(cursor, start, name);
    }

    /// <summary><c>() { … }</c> behind a name.</summary>
    public static FunctionDefinition Read(Cursor cursor, Word name)
    {
        ReadBrackets(cursor);
        return ReadBody(cursor, name.Span.Start, name.Span.In(cursor.Text).ToString());
    }

    private static void ReadBrackets(Cursor cursor)
    {
        cursor.Expect("(");
        Trivia.SkipBlanks(cursor);
        cursor.Expect(")");
    }

    private static FunctionDefinition ReadBody(Cursor cursor, int start, string name)
    {
        if (name.Length == 0 || !Characters.BeginsName(name[0]) || !name.All(Characters.IsName))
        {
            throw cursor.Refuse("shells differ in whether this is the name of a function");
        }

        Trivia.SkipLines(cursor);
        var body = CommandReader.TryReadCompound(cursor) ?? throw cursor.Refuse("the function has no body");
        return new FunctionDefinition(cursor.SpanFrom(start), name, body, []);
    }
}
