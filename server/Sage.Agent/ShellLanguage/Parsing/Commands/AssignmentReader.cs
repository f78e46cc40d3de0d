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
        var name = PeekTarget(cursor);
        var next = cursor.PeekAt(name.Length);
        if (name.Length == 0 || next is not ('=' or '+' or '['))
        {
            return null;
        }

        // zsh: 1=a sets the first argument, and letters of any alphabet make a name. Elements of arrays are rare.
        if (!Characters.BeginsName(name[0]) || !name.All(Characters.IsName) || next == '[')
        {
            throw cursor.Refuse("shells differ in whether this is an assignment");
        }

        var appends = next == '+';
        if (appends && cursor.PeekAt(name.Length + 1) != '=')
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

    // What is the name of a variable to some shell.
    private static string PeekTarget(Cursor cursor)
    {
        var length = 0;
        while (Characters.IsName(cursor.PeekAt(length)) || !char.IsAscii(cursor.PeekAt(length)))
        {
            length++;
        }

        return cursor.Rest[..length].ToString();
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
