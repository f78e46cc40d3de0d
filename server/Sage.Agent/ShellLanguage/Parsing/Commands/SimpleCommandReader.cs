using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Parsing.Words;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Reads a name with its arguments, assignments and redirections, or the start of a function.</summary>
internal static class SimpleCommandReader
{
    public static ShellCommand Read(Cursor cursor)
    {
        var start = cursor.Position;
        var end = start;
        var assignments = ImmutableArray.CreateBuilder<Assignment>(0);
        var words = ImmutableArray.CreateBuilder<Word>(1);
        var redirections = ImmutableArray.CreateBuilder<Redirection>(0);
        for (var more = true; more; Trivia.SkipBlanks(cursor))
        {
            if (RedirectionReader.IsAtRedirection(cursor))
            {
                redirections.Add(RedirectionReader.Read(cursor));
            }
            else if (words.Count == 0 && AssignmentReader.TryRead(cursor) is { } assignment)
            {
                assignments.Add(assignment);
            }
            else if (WordReader.IsAtWord(cursor))
            {
                words.Add(words.Count == 0 ? ReadName(cursor, start) : WordReader.Read(cursor));
            }
            else
            {
                more = false;
            }

            end = more ? cursor.Position : end;
        }

        var (set, all, to) = (
            assignments.DrainToImmutable(),
            words.DrainToImmutable(),
            redirections.DrainToImmutable()
        );
        return cursor.Current == '(' && all is [var name] && name.Span == new SourceSpan(start, end)
            ? FunctionReader.Read(cursor, name)
            : Checked(cursor, new SimpleCommand(new SourceSpan(start, end), set, all, to));
    }

    private static SimpleCommand Checked(Cursor cursor, SimpleCommand command) =>
        cursor.Current == '(' ? throw cursor.Refuse("`(` is unexpected")
        : command.Span.Start == command.Span.End ? throw cursor.Refuse("a command is missing")
        : ReadingSwitches.IsSwitched(command) ? throw cursor.Refuse("it changes how the shell reads what follows")
        : command;

    private static Word ReadName(Cursor cursor, int start)
    {
        if (cursor.Position > start && (ReservedWords.IsAtReserved(cursor) || cursor.Current == '{'))
        {
            throw cursor.Refuse("shells differ in whether this is a command");
        }

        var word = WordReader.Read(cursor);
        return WordReader.IsBroken(cursor, word) ? throw cursor.Refuse("the name of the command is broken") : word;
    }
}
