using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Words;

/// <summary>Reads the inside of <c>$((…))</c> and <c>((…))</c>: only what cannot be commands in nested brackets as well.</summary>
internal static class ArithmeticReader
{
    public static ArithmeticPart ReadExpansion(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Skip(3);
        var parts = ReadToEnd(cursor, "");
        return new ArithmeticPart(cursor.SpanFrom(start), parts);
    }

    /// <summary>Everything up to and including <c>))</c>.</summary>
    /// <param name="separators">What else may stand in it.</param>
    public static ImmutableArray<WordPart> ReadToEnd(Cursor cursor, string separators)
    {
        cursor.Descend();
        var parts = ImmutableArray.CreateBuilder<WordPart>(1);
        var open = 0;
        while (open > 0 || cursor.Current != ')')
        {
            parts.Add(
                cursor.Current == '$'
                    ? ExpansionReader.Read(cursor, Surroundings.Arithmetic)
                    : ReadText(cursor, separators, ref open)
            );
        }

        cursor.Expect("))");
        cursor.Ascend();
        return parts.DrainToImmutable();
    }

    private static LiteralPart ReadText(Cursor cursor, string separators, ref int open)
    {
        var start = cursor.Position;
        while (IsText(cursor.Current, separators) && (open > 0 || cursor.Current != ')'))
        {
            open += cursor.Current switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            cursor.Skip();
        }

        var span = cursor.SpanFrom(start);
        return span.Start < span.End
            ? new LiteralPart(span, span.In(cursor.Text).ToString())
            : throw cursor.Refuse("this arithmetic is not certain to be one");
    }

    private static bool IsText(char c, string separators) =>
        Characters.IsName(c) || Characters.IsBlank(c) || "+-*/%<>=!&|^~?:,()".Contains(c) || separators.Contains(c);
}
