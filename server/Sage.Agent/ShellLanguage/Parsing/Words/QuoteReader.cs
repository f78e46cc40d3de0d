using System.Collections.Immutable;
using System.Text;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Words;

/// <summary>Reads the four ways of quoting.</summary>
internal static class QuoteReader
{
    /// <summary><c>\c</c></summary>
    public static QuotedPart ReadEscaped(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Skip();
        if (cursor.IsAtEnd)
        {
            throw cursor.Refuse("there is nothing after the last backslash");
        }

        cursor.Skip(char.IsHighSurrogate(cursor.Current) ? 2 : 1);
        var span = cursor.SpanFrom(start);
        return new QuotedPart(span, span.In(cursor.Text)[1..].ToString(), Quoting.Backslash);
    }

    /// <summary><c>'…'</c></summary>
    public static QuotedPart ReadSingle(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Skip();
        var length = cursor.Rest.IndexOf('\'');
        if (length < 0)
        {
            throw Unclosed(cursor);
        }

        var text = cursor.Rest[..length].ToString();
        cursor.Skip(length + 1);
        return new QuotedPart(cursor.SpanFrom(start), text, Quoting.Single);
    }

    /// <summary><c>$'…'</c></summary>
    public static QuotedPart ReadAnsi(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
        cursor.Skip(2);
        var text = new StringBuilder();
        while (cursor.Current != '\'')
        {
            if (cursor.IsAtEnd)
            {
                throw Unclosed(cursor);
            }

            text.Append(cursor.Current == '\\' ? ReadAnsiEscape(cursor) : cursor.Current);
            cursor.Skip();
        }

        cursor.Skip();
        return new QuotedPart(cursor.SpanFrom(start), text.ToString(), Quoting.Ansi);
    }

    /// <summary><c>"…"</c></summary>
    public static DoubleQuotedPart ReadDouble(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Descend();
        cursor.Skip();
        var parts = ReadText(cursor, Surroundings.DoubleQuotes);
        if (cursor.IsAtEnd)
        {
            throw Unclosed(cursor);
        }

        cursor.Skip();
        cursor.Ascend();
        return new DoubleQuotedPart(cursor.SpanFrom(start), parts);
    }

    /// <summary>Text in which only <c>$</c>, <c>`</c> and <c>\</c> are special, up to the closing quote or the end.</summary>
    public static ImmutableArray<WordPart> ReadText(Cursor cursor, Surroundings surroundings)
    {
        var parts = ImmutableArray.CreateBuilder<WordPart>(1);
        while (!IsAtEndOfText(cursor, surroundings))
        {
            if (cursor.Current is '$' or '`')
            {
                parts.Add(ExpansionReader.Read(cursor, surroundings));
            }
            else if (cursor.Current == '\\' && IsEscapable(cursor, surroundings))
            {
                parts.Add(ReadEscaped(cursor));
            }
            else if (cursor.IsAt("\\\n"))
            {
                SkipContinuation(cursor, surroundings);
            }
            else
            {
                parts.Add(ReadPlain(cursor, surroundings));
            }
        }

        return parts.DrainToImmutable();
    }

    private static LiteralPart ReadPlain(Cursor cursor, Surroundings surroundings)
    {
        var start = cursor.Position;
        do
        {
            cursor.Skip();
        } while (!IsAtEndOfText(cursor, surroundings) && cursor.Current is not ('$' or '`' or '\\'));
        var span = cursor.SpanFrom(start);
        return new LiteralPart(span, span.In(cursor.Text).ToString());
    }

    private static bool IsAtEndOfText(Cursor cursor, Surroundings surroundings) =>
        cursor.IsAtEnd || surroundings == Surroundings.DoubleQuotes && cursor.Current == '"';

    private static bool IsEscapable(Cursor cursor, Surroundings surroundings) =>
        cursor.Next is '$' or '`' or '\\' || surroundings == Surroundings.DoubleQuotes && cursor.Next == '"';

    // In a here-document it could join lines to the one that ends it.
    private static void SkipContinuation(Cursor cursor, Surroundings surroundings)
    {
        if (surroundings == Surroundings.HereDocument)
        {
            throw cursor.Refuse("a line of a here-document is broken");
        }

        cursor.Skip(2);
    }

    private static char ReadAnsiEscape(Cursor cursor)
    {
        cursor.Skip();
        return cursor.Current switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '\\' or '\'' or '"' => cursor.Current,
            _ => throw cursor.Refuse("shells differ in this escape sequence"),
        };
    }

    private static UnparsedException Unclosed(Cursor cursor) => cursor.Refuse("a quote is not closed");
}
