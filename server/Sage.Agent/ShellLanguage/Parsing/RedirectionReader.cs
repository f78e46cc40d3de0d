using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Parsing.Words;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing;

/// <summary>Reads redirections.</summary>
internal static class RedirectionReader
{
    /// <summary>True when a redirection begins here, at the start of a word.</summary>
    public static bool IsAtRedirection(Cursor cursor) =>
        cursor.Current switch
        {
            '<' or '>' => cursor.Next != '(',
            '&' => cursor.Next == '>',
            >= '0' and <= '9' => cursor.Next is '<' or '>',
            _ => false,
        };

    /// <summary>All redirections that stand here.</summary>
    public static ImmutableArray<Redirection> ReadAll(Cursor cursor)
    {
        var all = ImmutableArray.CreateBuilder<Redirection>(0);
        var end = cursor.Position;
        for (Trivia.SkipBlanks(cursor); IsAtRedirection(cursor); Trivia.SkipBlanks(cursor))
        {
            all.Add(Read(cursor));
            end = cursor.Position;
        }

        // Blanks behind the last one belong to nobody.
        cursor.Skip(end - cursor.Position);
        return all.DrainToImmutable();
    }

    public static Redirection Read(Cursor cursor)
    {
        var start = cursor.Position;
        int? descriptor = null;
        if (char.IsAsciiDigit(cursor.Current))
        {
            descriptor = cursor.Current - '0';
            cursor.Skip();
        }

        return cursor.Current == '<' ? ReadInput(cursor, start, descriptor) : ReadOutput(cursor, start, descriptor);
    }

    private static Redirection ReadInput(Cursor cursor, int start, int? descriptor)
    {
        if (cursor.TrySkip("<<<"))
        {
            cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
            var text = ReadTarget(cursor);
            return new HereStringRedirection(cursor.SpanFrom(start), descriptor, text);
        }

        if (cursor.TrySkip("<<"))
        {
            return HereDocumentReader.ReadOperator(cursor, start, descriptor);
        }

        if (cursor.TrySkip("<&"))
        {
            return ReadDuplicate(cursor, start, descriptor, DuplicateOperator.Input)
                ?? throw cursor.Refuse("it is not certain where the input comes from");
        }

        return cursor.TrySkip("<>")
            ? ReadFile(cursor, start, descriptor, FileOperator.ReadWrite)
            : ReadFile(cursor, start, descriptor, FileOperator.Read, "<");
    }

    private static Redirection ReadOutput(Cursor cursor, int start, int? descriptor)
    {
        if (cursor.Current == '&')
        {
            cursor.OnlyIn(Shells.Bash | Shells.Zsh);
            return cursor.TrySkip("&>>")
                ? ReadFile(cursor, start, descriptor, FileOperator.AppendBoth)
                : ReadFile(cursor, start, descriptor, FileOperator.WriteBoth, "&>");
        }

        if (cursor.TrySkip(">&"))
        {
            return (Redirection?)ReadDuplicate(cursor, start, descriptor, DuplicateOperator.Output)
                ?? ReadBoth(cursor, start, descriptor);
        }

        return cursor.TrySkip(">>") ? ReadFile(cursor, start, descriptor, FileOperator.Append)
            : cursor.TrySkip(">|") ? ReadFile(cursor, start, descriptor, FileOperator.Clobber)
            : ReadFile(cursor, start, descriptor, FileOperator.Write, ">");
    }

    // bash expands what stands behind >& a second time, also where it was quoted.
    private static FileRedirection ReadBoth(Cursor cursor, int start, int? descriptor)
    {
        cursor.OnlyIn(Shells.Bash);
        var redirection = ReadFile(cursor, start, null, FileOperator.WriteBoth);
        return
            descriptor is null
            && redirection.Target.Parts is [LiteralPart { Text: [not (>= '0' and <= '9' or '-'), ..] }]
            ? redirection
            : throw cursor.Refuse("it is not certain where the output goes");
    }

    private static DuplicateRedirection? ReadDuplicate(
        Cursor cursor,
        int start,
        int? descriptor,
        DuplicateOperator operation
    )
    {
        if (!Characters.EndsWord(cursor.Next) || !(char.IsAsciiDigit(cursor.Current) || cursor.Current == '-'))
        {
            return null;
        }

        int? source = cursor.Current == '-' ? null : cursor.Current - '0';
        cursor.Skip();
        if (cursor.Current is '<' or '>')
        {
            throw cursor.Refuse("it is not certain what is redirected");
        }

        return new DuplicateRedirection(cursor.SpanFrom(start), descriptor, operation, source);
    }

    private static FileRedirection ReadFile(
        Cursor cursor,
        int start,
        int? descriptor,
        FileOperator operation,
        string symbol = ""
    )
    {
        cursor.Expect(symbol);
        var target = ReadTarget(cursor);
        return new FileRedirection(cursor.SpanFrom(start), descriptor, operation, target);
    }

    private static Word ReadTarget(Cursor cursor)
    {
        // >!file overwrites for zsh.
        if (cursor.Current == '!')
        {
            throw cursor.Refuse("it is not certain where the output goes");
        }

        Trivia.SkipBlanks(cursor);
        return WordReader.Read(cursor);
    }
}
