using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Parsing.Words;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Reads <c>name=value</c> before a command.</summary>
internal static class AssignmentReader
{
    /// <summary>Null when no assignment begins here.</summary>
    public static Assignment? TryRead(Cursor cursor)
    {
        var start = cursor.Position;
        var name = ReservedWords.PeekNameCharacters(cursor);
        if (name.Length == 0)
        {
            return null;
        }

        // zsh: 1=a sets the first argument.
        if (!Characters.BeginsName(name[0]))
        {
            return cursor.PeekAt(name.Length) is '=' or '+' or '['
                ? throw cursor.Refuse("shells differ in whether this is an assignment")
                : null;
        }

        var next = cursor.PeekAt(name.Length);
        if (next == '[')
        {
            throw cursor.Refuse("shells differ in whether this sets an element");
        }

        var appends = next == '+' && cursor.PeekAt(name.Length + 1) == '=';
        if (next != '=' && !appends)
        {
            return null;
        }

        cursor.Skip(name.Length + (appends ? 2 : 1));
        if (appends)
        {
            cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
        }

        var kind = cursor.Current == '(' ? AssignmentKind.Array : AssignmentKind.Word;
        var values = kind == AssignmentKind.Array ? ReadElements(cursor) : [WordReader.ReadValue(cursor)];
        return new Assignment(
            cursor.SpanFrom(start),
            name,
            appends ? AssignmentOperator.Append : AssignmentOperator.Set,
            kind,
            values
        );
    }

    private static ImmutableArray<Word> ReadElements(Cursor cursor)
    {
        cursor.OnlyIn(Shells.Bash | Shells.Zsh | Shells.Ksh);
        Trivia.RefuseAwaited(cursor);
        cursor.Skip();
        var words = ImmutableArray.CreateBuilder<Word>(1);
        for (Trivia.SkipLines(cursor); cursor.Current != ')'; Trivia.SkipLines(cursor))
        {
            words.Add(WordReader.Read(cursor));
        }

        cursor.Skip();
        return Characters.EndsWord(cursor.Current)
            ? words.DrainToImmutable()
            : throw cursor.Refuse("something stands directly behind an array");
    }
}
