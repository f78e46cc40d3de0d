using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Words;

/// <summary>Reads one word, with everything that is quoted or expanded in it.</summary>
internal static class WordReader
{
    // Alone they are what they look like: a negation or a test's brackets as arguments, find's place for a file.
    private static readonly string[] PlainAlone = ["!", "[", "]", "=", "{}"];

    /// <summary>True when a word begins here.</summary>
    public static bool IsAtWord(Cursor cursor) => !Characters.EndsWord(cursor.Current) || IsAtFileSubstitution(cursor);

    /// <summary>A word; there has to be one.</summary>
    public static Word Read(Cursor cursor)
    {
        if (!IsAtWord(cursor))
        {
            throw cursor.Refuse("a word is missing");
        }

        var word = IsAtFileSubstitution(cursor) ? ReadFileSubstitution(cursor) : ReadRest(cursor);
        Check(cursor, word);
        return word;
    }

    /// <summary>A word that may be empty: what stands behind the <c>=</c> of an assignment.</summary>
    public static Word ReadValue(Cursor cursor)
    {
        var word = ReadRest(cursor);
        Check(cursor, word);
        return word;
    }

    /// <summary>True when the word is broken by a backslash at the end of a line.</summary>
    public static bool IsBroken(Cursor cursor, Word word) =>
        word.Span.In(cursor.Text).Contains("\\\n", StringComparison.Ordinal);

    private static bool IsAtFileSubstitution(Cursor cursor) => cursor.Current is '<' or '>' && cursor.Next == '(';

    private static Word ReadFileSubstitution(Cursor cursor)
    {
        var start = cursor.Position;
        var part = SubstitutionReader.ReadFile(cursor);
        return Characters.EndsWord(cursor.Current)
            ? new Word(cursor.SpanFrom(start), [part])
            : throw cursor.Refuse("a process substitution is only part of a word");
    }

    private static Word ReadRest(Cursor cursor)
    {
        var start = cursor.Position;
        var parts = ImmutableArray.CreateBuilder<WordPart>(1);
        while (!Characters.EndsWord(cursor.Current))
        {
            if (!cursor.TrySkip("\\\n"))
            {
                parts.Add(ReadPart(cursor, start));
            }
        }

        if (parts is [PatternPart only] && PlainAlone.Contains(only.Text))
        {
            parts[0] = new LiteralPart(only.Span, only.Text);
        }

        return new Word(cursor.SpanFrom(start), parts.DrainToImmutable());
    }

    private static WordPart ReadPart(Cursor cursor, int start) =>
        cursor.Current switch
        {
            '\'' => QuoteReader.ReadSingle(cursor),
            '"' => QuoteReader.ReadDouble(cursor),
            '\\' => QuoteReader.ReadEscaped(cursor),
            '$' when cursor.Next == '\'' => QuoteReader.ReadAnsi(cursor),
            '$' or '`' => ExpansionReader.Read(cursor, Surroundings.Bare),
            _ => ReadBare(cursor, start),
        };

    private static WordPart ReadBare(Cursor cursor, int start)
    {
        var first = cursor.Position;
        var pattern = IsPattern(cursor, start);
        do
        {
            if (!pattern && !Characters.IsPlain(cursor.Current))
            {
                throw cursor.Refuse("there is an unusual character outside of quotes");
            }

            cursor.Skip();
        } while (!EndsBare(cursor.Current) && IsPattern(cursor, start) == pattern);
        var span = cursor.SpanFrom(first);
        var text = span.In(cursor.Text).ToString();
        return pattern ? new PatternPart(span, text) : new LiteralPart(span, text);
    }

    private static bool EndsBare(char c) => Characters.EndsWord(c) || c is '\'' or '"' or '\\' or '$' or '`';

    // zsh replaces =name by the path of the command, at the start of a word and of a value.
    private static bool IsPattern(Cursor cursor, int start) =>
        Characters.IsPattern(cursor.Current)
        || cursor.Current == '=' && (cursor.Position == start || cursor.PeekAt(-1) is '=' or ':');

    private static void Check(Cursor cursor, Word word)
    {
        if (cursor.Awaited.Count > 0 && word.Span.In(cursor.Text).Contains('\n'))
        {
            Trivia.RefuseAwaited(cursor);
        }

        CheckBrackets(cursor, word);
        if (cursor.Current is '<' or '>' || cursor.IsAt("&>"))
        {
            CheckRedirection(cursor, word);
        }
    }

    private static void CheckBrackets(Cursor cursor, Word word)
    {
        var (braces, brackets) = (0, 0);
        foreach (var c in word.Parts.OfType<PatternPart>().SelectMany(part => part.Text))
        {
            braces += c switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            brackets += c switch
            {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            if (braces < 0)
            {
                // To zsh it ends a group, also in the middle of a command.
                throw cursor.Refuse("`}` closes nothing");
            }
        }

        if (brackets > 0)
        {
            // ksh93 misses the end.
            cursor.OnlyIn(Shells.Sh | Shells.Bash | Shells.Zsh);
        }
    }

    // 10>file, 2&>file, {fd}>file, a<(b), <1-9>: each is something else to some shell.
    private static void CheckRedirection(Cursor cursor, Word word)
    {
        var text = word.Literal;
        if (
            cursor.Current != '&' && cursor.Next == '('
            || word.Parts is [.., PatternPart { Text: [.., '}'] }]
            || text is { Length: > 0 } && text.All(c => char.IsAsciiDigit(c) || c == '-')
        )
        {
            throw cursor.Refuse("it is not certain what is redirected");
        }
    }
}
