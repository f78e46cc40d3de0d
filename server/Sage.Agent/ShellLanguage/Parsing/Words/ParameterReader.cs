using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Words;

/// <summary>Reads <c>$x</c> and <c>${…}</c>.</summary>
internal static class ParameterReader
{
    private static readonly string[] PosixOperators =
    [
        ":-",
        ":=",
        ":?",
        ":+",
        "%%",
        "##",
        "-",
        "=",
        "?",
        "+",
        "%",
        "#",
    ];

    private static readonly string[] CaseOperators = ["^^", ",,", "^", ",", "@"];

    /// <summary><c>$name</c></summary>
    public static ParameterPart ReadNamed(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Skip();
        var name = ReadName(cursor);
        return End(cursor, start, name);
    }

    /// <summary><c>$1</c>, <c>$@</c></summary>
    public static ParameterPart ReadSpecial(Cursor cursor)
    {
        var start = cursor.Position;
        var name = cursor.Next;
        cursor.Skip(2);
        // zsh: $#x is a length, $12 the twelfth argument, and $${ begins an expansion.
        if (
            cursor.Current == '{'
            || name == '#' && (Characters.IsName(cursor.Current) || IsSpecial(cursor.Current))
            || char.IsAsciiDigit(name) && char.IsAsciiDigit(cursor.Current)
        )
        {
            throw cursor.Refuse("shells differ in which variable this is");
        }

        return End(cursor, start, $"{name}");
    }

    /// <summary><c>${…}</c></summary>
    public static ParameterPart ReadBraced(Cursor cursor, Surroundings surroundings)
    {
        var start = cursor.Position;
        cursor.Descend();
        cursor.Skip(2);
        var prefix = ReadPrefix(cursor);
        var name = ReadSubject(cursor);
        var operation = cursor.Current == '}' ? "" : ReadOperator(cursor);
        Word? argument = null;
        if (operation.Length > 0)
        {
            if (prefix.Length > 0)
            {
                throw cursor.Refuse("shells differ in this expansion");
            }

            argument = ReadArgument(cursor, surroundings);
        }

        cursor.Expect("}");
        cursor.Ascend();
        return new ParameterPart(cursor.SpanFrom(start), name, prefix + operation, argument);
    }

    private static bool IsSpecial(char c) => c is '@' or '*' or '#' or '?' or '-' or '$' or '!';

    private static string ReadPrefix(Cursor cursor)
    {
        if (cursor.Current == '#' && cursor.Next != '}')
        {
            cursor.Skip();
            if (!Characters.IsName(cursor.Current))
            {
                throw cursor.Refuse("shells differ in this expansion");
            }

            return "#";
        }

        if (cursor.Current == '!' && cursor.Next != '}')
        {
            cursor.OnlyIn(Shells.Bash);
            cursor.Skip();
            return "!";
        }

        return "";
    }

    private static string ReadSubject(Cursor cursor)
    {
        if (IsSpecial(cursor.Current))
        {
            cursor.Skip();
            // What could stand behind these is rare, and read in several ways.
            return cursor.Current == '}'
                ? $"{cursor.PeekAt(-1)}"
                : throw cursor.Refuse("shells differ in this expansion");
        }

        var name = char.IsAsciiDigit(cursor.Current) ? ReadNumber(cursor) : ReadName(cursor);
        return cursor.Current == '[' ? name + ReadSubscript(cursor) : name;
    }

    private static string ReadOperator(Cursor cursor)
    {
        foreach (var operation in PosixOperators)
        {
            if (cursor.TrySkip(operation))
            {
                return operation;
            }
        }

        if (cursor.TrySkip("/"))
        {
            cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
            return "/";
        }

        // ${x:1:2}; behind a colon zsh knows letters, and reads what is computed in its own way.
        if (cursor.Current == ':' && (char.IsAsciiDigit(cursor.Next) || cursor.Next == ' '))
        {
            cursor.OnlyIn(Shells.Bash);
            cursor.Skip();
            return ":";
        }

        foreach (var operation in CaseOperators)
        {
            if (cursor.TrySkip(operation))
            {
                cursor.OnlyIn(Shells.Bash);
                return operation;
            }
        }

        throw cursor.Refuse("this expansion is not known");
    }

    private static Word ReadArgument(Cursor cursor, Surroundings surroundings)
    {
        var start = cursor.Position;
        var parts = ImmutableArray.CreateBuilder<WordPart>(1);
        while (cursor.Current != '}')
        {
            parts.Add(
                cursor.Current switch
                {
                    '$' or '`' => ExpansionReader.Read(cursor, surroundings),
                    '\'' when surroundings == Surroundings.Bare => QuoteReader.ReadSingle(cursor),
                    '"' when surroundings == Surroundings.Bare => QuoteReader.ReadDouble(cursor),
                    _ => ReadPlain(cursor),
                }
            );
        }

        return new Word(cursor.SpanFrom(start), parts.DrainToImmutable());
    }

    private static PatternPart ReadPlain(Cursor cursor)
    {
        var start = cursor.Position;
        while (Characters.IsPlain(cursor.Current) || cursor.Current is ' ' or '*' or '?' or '#' or '^')
        {
            cursor.Skip();
        }

        var span = cursor.SpanFrom(start);
        return span.Start < span.End
            ? new PatternPart(span, span.In(cursor.Text).ToString())
            : throw cursor.Refuse("shells differ in how this expansion is read");
    }

    // To zsh [1] is a subscript, and letters of any alphabet make a name.
    private static ParameterPart End(Cursor cursor, int start, string name) =>
        cursor.Current == '[' || !char.IsAscii(cursor.Current)
            ? throw cursor.Refuse("shells differ in where this variable ends")
            : new ParameterPart(cursor.SpanFrom(start), name, "", null);

    private static string ReadName(Cursor cursor)
    {
        if (!Characters.BeginsName(cursor.Current))
        {
            throw cursor.Refuse("the name of a variable is missing");
        }

        return ReadNumber(cursor);
    }

    private static string ReadNumber(Cursor cursor)
    {
        var start = cursor.Position;
        while (Characters.IsName(cursor.Current))
        {
            cursor.Skip();
        }

        return cursor.SpanFrom(start).In(cursor.Text).ToString();
    }

    private static string ReadSubscript(Cursor cursor)
    {
        cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
        var start = cursor.Position;
        cursor.Skip();
        if (cursor.Current is '@' or '*')
        {
            cursor.Skip();
        }
        else
        {
            ReadNumber(cursor);
        }

        cursor.Expect("]");
        return cursor.SpanFrom(start).In(cursor.Text).ToString();
    }
}
