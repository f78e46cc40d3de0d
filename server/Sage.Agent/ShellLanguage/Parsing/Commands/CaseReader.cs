using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Parsing.Words;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Reads <c>case … esac</c>.</summary>
internal static class CaseReader
{
    public static CaseCommand Read(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Skip("case".Length);
        Trivia.SkipBlanks(cursor);
        var subject = WordReader.Read(cursor);
        Trivia.SkipLines(cursor);
        ReservedWords.Expect(cursor, "in");
        var clauses = ImmutableArray.CreateBuilder<CaseClause>(1);
        for (Trivia.SkipLines(cursor); !ReservedWords.IsAt(cursor, "esac"); Trivia.SkipLines(cursor))
        {
            clauses.Add(ReadClause(cursor));
        }

        ReservedWords.Expect(cursor, "esac");
        var redirections = RedirectionReader.ReadAll(cursor);
        return new CaseCommand(cursor.SpanFrom(start), subject, clauses.DrainToImmutable(), redirections);
    }

    private static CaseClause ReadClause(Cursor cursor)
    {
        var start = cursor.Position;
        if (!cursor.TrySkip("(") && cursor.Enclosure != Enclosure.None)
        {
            // Older shells take the bracket of the pattern for the end of the substitution.
            throw cursor.Refuse("a pattern in a substitution has no opening bracket");
        }

        var patterns = ImmutableArray.CreateBuilder<Word>(1);
        do
        {
            Trivia.SkipBlanks(cursor);
            patterns.Add(WordReader.Read(cursor));
            Trivia.SkipBlanks(cursor);
        } while (cursor.TrySkip("|"));
        cursor.Expect(")");
        var body = ListReader.Read(cursor);
        var end = ReadEnd(cursor);
        return new CaseClause(cursor.SpanFrom(start), patterns.DrainToImmutable(), body, end);
    }

    private static CaseEnd ReadEnd(Cursor cursor)
    {
        if (cursor.TrySkip(";;&"))
        {
            cursor.OnlyIn(Shells.Bash);
            return CaseEnd.TryNext;
        }

        if (cursor.TrySkip(";&"))
        {
            cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
            return CaseEnd.FallThrough;
        }

        return cursor.TrySkip(";;") || ReservedWords.IsAt(cursor, "esac")
            ? CaseEnd.Break
            : throw cursor.Refuse("`;;` is missing");
    }
}
