using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Parsing.Commands;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing;

/// <summary>Reads lists of commands, and-or lists and pipelines.</summary>
internal static class ListReader
{
    /// <summary>Everything up to the end of the text.</summary>
    public static CommandList ReadScript(Cursor cursor)
    {
        var list = Read(cursor);
        if (!cursor.IsAtEnd)
        {
            throw cursor.Refuse("a command ends unexpectedly");
        }

        return cursor.Awaited.Count == 0 ? list : throw cursor.Refuse("a here-document is not closed");
    }

    /// <summary>At least one command.</summary>
    public static CommandList ReadSome(Cursor cursor)
    {
        var list = Read(cursor);
        return list.Items.Length > 0 ? list : throw cursor.Refuse("a command is missing");
    }

    /// <summary>Commands up to something that ends a list; maybe none.</summary>
    public static CommandList Read(Cursor cursor)
    {
        var items = ImmutableArray.CreateBuilder<ListItem>(1);
        Trivia.SkipLines(cursor);
        while (!EndsList(cursor))
        {
            items.Add(ReadItem(cursor, out var more));
            if (!more)
            {
                break;
            }

            Trivia.SkipLines(cursor);
        }

        var span =
            items.Count == 0
                ? new SourceSpan(cursor.Position, cursor.Position)
                : new SourceSpan(items[0].Span.Start, items[^1].Span.End);
        return new CommandList(span, items.DrainToImmutable());
    }

    private static bool EndsList(Cursor cursor) =>
        cursor.IsAtEnd
        || cursor.Current is ')'
        || cursor.IsAt(";;")
        || cursor.IsAt(";&")
        || ReservedWords.IsAtClosing(cursor);

    private static ListItem ReadItem(Cursor cursor, out bool more)
    {
        var commands = ReadAndOr(cursor);
        Trivia.SkipBlanks(cursor);
        var end = cursor.Current == '&' ? ListEnd.Background : ListEnd.Sequential;
        more = true;
        if (cursor.Current == '\n')
        {
            Trivia.SkipLineBreak(cursor);
        }
        else if (cursor.Current == '&' || cursor.Current == ';' && cursor.Next is not (';' or '&'))
        {
            cursor.Skip();
            // zsh: &| and &! detach the command.
            if (end == ListEnd.Background && cursor.Current is '|' or '!')
            {
                throw cursor.Refuse("it is not certain how this command ends");
            }

            if (end == ListEnd.Background && commands.Items[^1].Pipeline.Commands[^1] is SimpleCommand { Words: [] })
            {
                // zsh cannot put what is no command into the background.
                cursor.OnlyIn(Shells.Sh | Shells.Bash | Shells.Ksh);
            }

            return new ListItem(cursor.SpanFrom(commands.Span.Start), commands, end);
        }
        else
        {
            more = false;
        }

        return new ListItem(commands.Span, commands, end);
    }

    private static AndOrList ReadAndOr(Cursor cursor)
    {
        var start = cursor.Position;
        var items = ImmutableArray.CreateBuilder<AndOrItem>(1);
        var operation = AndOrOperator.First;
        for (; ; )
        {
            var first = cursor.Position;
            var pipeline = ReadPipeline(cursor);
            items.Add(new AndOrItem(new SourceSpan(first, pipeline.Span.End), operation, pipeline));
            Trivia.SkipBlanks(cursor);
            if (cursor.IsAt("&&") || cursor.IsAt("||"))
            {
                operation = cursor.Current == '&' ? AndOrOperator.And : AndOrOperator.Or;
                cursor.Skip(2);
                Trivia.SkipLines(cursor);
            }
            else
            {
                return new AndOrList(new SourceSpan(start, items[^1].Span.End), items.DrainToImmutable());
            }
        }
    }

    private static Pipeline ReadPipeline(Cursor cursor)
    {
        var start = cursor.Position;
        var prefix = ReadPrefix(cursor);
        var commands = ImmutableArray.CreateBuilder<ShellCommand>(1);
        var pipes = ImmutableArray.CreateBuilder<Pipe>(0);
        for (; ; )
        {
            commands.Add(CommandReader.Read(cursor));
            Trivia.SkipBlanks(cursor);
            if (cursor.Current != '|' || cursor.Next == '|')
            {
                break;
            }

            cursor.Skip();
            var both = cursor.TrySkip("&");
            if (both)
            {
                // To ksh it begins a co-process.
                cursor.OnlyIn(Shells.Bash | Shells.Zsh);
            }

            pipes.Add(both ? Pipe.OutputAndErrors : Pipe.Output);
            Trivia.SkipLines(cursor);
            if (ReservedWords.IsAt(cursor, "time"))
            {
                throw cursor.Refuse("shells differ in what is timed");
            }
        }

        return new Pipeline(
            new SourceSpan(start, commands[^1].Span.End),
            prefix,
            commands.DrainToImmutable(),
            pipes.DrainToImmutable()
        );
    }

    private static PipelinePrefix ReadPrefix(Cursor cursor)
    {
        var prefix =
            ReservedWords.IsAt(cursor, "!") && Characters.IsBlank(cursor.Next) ? PipelinePrefix.Negated
            : ReservedWords.IsAt(cursor, "time") ? PipelinePrefix.Timed
            : PipelinePrefix.None;
        if (prefix == PipelinePrefix.None)
        {
            return prefix;
        }

        cursor.Skip(prefix == PipelinePrefix.Negated ? 1 : "time".Length);
        if (prefix == PipelinePrefix.Timed)
        {
            cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
        }

        Trivia.SkipBlanks(cursor);
        // Options of time, and a second prefix, are read in several ways.
        return cursor.Current != '-' && !ReservedWords.IsAt(cursor, "time")
            ? prefix
            : throw cursor.Refuse("shells differ in this prefix");
    }
}
