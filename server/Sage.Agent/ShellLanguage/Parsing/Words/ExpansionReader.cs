using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Words;

/// <summary>Reads what begins with <c>$</c> or <c>`</c>.</summary>
internal static class ExpansionReader
{
    public static WordPart Read(Cursor cursor, Surroundings surroundings) =>
        (cursor.Current, cursor.Next) switch
        {
            ('`', _) => SubstitutionReader.ReadBackquotes(cursor, surroundings),
            (_, '(') when cursor.PeekAt(2) == '(' => ArithmeticReader.ReadExpansion(cursor),
            (_, '(') => SubstitutionReader.Read(cursor),
            (_, '{') => ParameterReader.ReadBraced(cursor, surroundings),
            (_, var c) when Characters.BeginsName(c) => ParameterReader.ReadNamed(cursor),
            (_, '@' or '*' or '#' or '?' or '-' or '$' or '!' or (>= '0' and <= '9')) => ParameterReader.ReadSpecial(
                cursor
            ),
            _ => ReadDollar(cursor, surroundings),
        };

    // $[…], $"…", $=x and $^x mean something to some shells. NUL is the end.
    private static LiteralPart ReadDollar(Cursor cursor, Surroundings surroundings)
    {
        var start = cursor.Position;
        var followers = surroundings switch
        {
            Surroundings.Bare => " \t\n;|)/.,%\0",
            Surroundings.DoubleQuotes => " \t\n;|)/.,%\"",
            Surroundings.HereDocument => " \t\n;|)/.,\0",
            _ => "",
        };
        if (!followers.Contains(cursor.Next))
        {
            throw cursor.Refuse("it is not certain what this `$` is");
        }

        cursor.Skip();
        return new LiteralPart(cursor.SpanFrom(start), "$");
    }
}

/// <summary>What an expansion stands in.</summary>
internal enum Surroundings
{
    /// <summary>A word, outside of quotes.</summary>
    Bare,
    DoubleQuotes,
    HereDocument,
    Arithmetic,
}
