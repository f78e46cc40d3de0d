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
        for (; ; Trivia.SkipBlanks(cursor))
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
            else if (
                cursor.Current == '('
                && words.Count == 1
                && words[0].Span.Start == start
                && end == words[0].Span.End
            )
            {
                return FunctionReader.Read(cursor, words[0]);
            }
            else
            {
                break;
            }

            end = cursor.Position;
        }

        if (cursor.Current == '(' || end == start)
        {
            throw cursor.Refuse(end == start ? "a command is missing" : "`(` is unexpected");
        }

        var span = new SourceSpan(start, end);
        var command = new SimpleCommand(
            span,
            assignments.DrainToImmutable(),
            words.DrainToImmutable(),
            redirections.DrainToImmutable()
        );
        return ReadingSwitches.IsSwitched(command)
            ? throw cursor.Refuse("it changes how the shell reads what follows")
            : command;
    }

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
