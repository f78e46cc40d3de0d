using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Parsing.Words;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Reads loops.</summary>
internal static class LoopReader
{
    public static WhileCommand ReadWhile(Cursor cursor, WhileKind kind)
    {
        var start = cursor.Position;
        cursor.Skip("while".Length);
        var condition = ListReader.ReadSome(cursor);
        var body = ReadBody(cursor);
        var redirections = RedirectionReader.ReadAll(cursor);
        return new WhileCommand(cursor.SpanFrom(start), kind, condition, body, redirections);
    }

    public static ShellCommand ReadFor(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Skip("for".Length);
        Trivia.SkipBlanks(cursor);
        return cursor.TrySkip("((") ? ReadArithmetic(cursor, start) : ReadWords(cursor, start, ForKind.For);
    }

    public static ForCommand ReadSelect(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
        cursor.Skip("select".Length);
        return ReadWords(cursor, start, ForKind.Select);
    }

    private static ForCommand ReadWords(Cursor cursor, int start, ForKind kind)
    {
        Trivia.SkipBlanks(cursor);
        var name = ReadName(cursor);
        Trivia.SkipLines(cursor);
        ImmutableArray<Word>? words = null;
        if (ReservedWords.IsAt(cursor, "in"))
        {
            cursor.Skip("in".Length);
            words = ReadList(cursor);
            ReadSeparator(cursor);
        }
        else if (cursor.Current == ';')
        {
            ReadSeparator(cursor);
        }

        var body = ReadBody(cursor);
        var redirections = RedirectionReader.ReadAll(cursor);
        return new ForCommand(cursor.SpanFrom(start), kind, name, words, body, redirections);
    }

    private static ArithmeticForCommand ReadArithmetic(Cursor cursor, int start)
    {
        cursor.OnlyIn(Shells.Bash | Shells.Zsh);
        var parts = ArithmeticReader.ReadToEnd(cursor, ";");
        if (parts.OfType<LiteralPart>().Sum(part => part.Text.Count(c => c == ';')) != 2)
        {
            throw cursor.Refuse("the loop needs three expressions");
        }

        Trivia.SkipBlanks(cursor);
        if (cursor.Current is ';' or '\n')
        {
            ReadSeparator(cursor);
        }

        var body = ReadBody(cursor);
        var redirections = RedirectionReader.ReadAll(cursor);
        return new ArithmeticForCommand(cursor.SpanFrom(start), parts, body, redirections);
    }

    private static ImmutableArray<Word> ReadList(Cursor cursor)
    {
        var words = ImmutableArray.CreateBuilder<Word>(1);
        Trivia.SkipBlanks(cursor);
        while (cursor.Current is not (';' or '\n'))
        {
            words.Add(WordReader.Read(cursor));
            Trivia.SkipBlanks(cursor);
        }

        return words.DrainToImmutable();
    }

    private static CommandList ReadBody(Cursor cursor)
    {
        ReservedWords.Expect(cursor, "do");
        var body = ListReader.ReadSome(cursor);
        ReservedWords.Expect(cursor, "done");
        return body;
    }

    private static void ReadSeparator(Cursor cursor)
    {
        if (!cursor.TrySkip(";") && cursor.Current != '\n')
        {
            throw cursor.Refuse("`do` is missing");
        }

        Trivia.SkipLines(cursor);
    }

    private static string ReadName(Cursor cursor)
    {
        var name = ReservedWords.PeekName(cursor);
        cursor.Skip(name.Length);
        return name.Length > 0 && Characters.EndsWord(cursor.Current)
            ? name
            : throw cursor.Refuse("the variable of the loop is missing");
    }
}
