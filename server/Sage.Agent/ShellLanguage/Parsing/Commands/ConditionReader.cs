using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Parsing.Words;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Reads <c>[[ … ]]</c> and <c>((…))</c>.</summary>
internal static class ConditionReader
{
    private const Shells Readers = Shells.Bash | Shells.Zsh | Shells.Ksh;

    private static readonly string[] UnaryOperators =
    [
        "-a",
        "-b",
        "-c",
        "-d",
        "-e",
        "-f",
        "-g",
        "-h",
        "-k",
        "-L",
        "-n",
        "-O",
        "-G",
        "-p",
        "-r",
        "-s",
        "-S",
        "-t",
        "-u",
        "-w",
        "-x",
        "-z",
    ];

    private static readonly string[] BinaryOperators =
    [
        "=",
        "==",
        "!=",
        "=~",
        "-eq",
        "-ne",
        "-lt",
        "-le",
        "-gt",
        "-ge",
        "-nt",
        "-ot",
        "-ef",
    ];

    public static ArithmeticCommand ReadArithmetic(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.OnlyIn(Readers);
        cursor.Skip(2);
        var parts = ArithmeticReader.ReadToEnd(cursor, "");
        var redirections = RedirectionReader.ReadAll(cursor);
        return new ArithmeticCommand(cursor.SpanFrom(start), parts, redirections);
    }

    public static ConditionalCommand ReadConditional(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.OnlyIn(Readers);
        cursor.Skip(2);
        var condition = ReadOr(cursor);
        ReservedWords.Expect(cursor, "]]");
        var redirections = RedirectionReader.ReadAll(cursor);
        return new ConditionalCommand(cursor.SpanFrom(start), condition, redirections);
    }

    private static Condition ReadOr(Cursor cursor) => ReadJoined(cursor, AndOrOperator.Or, "||", ReadAnd);

    private static Condition ReadAnd(Cursor cursor) => ReadJoined(cursor, AndOrOperator.And, "&&", ReadNot);

    private static Condition ReadJoined(
        Cursor cursor,
        AndOrOperator operation,
        string symbol,
        Func<Cursor, Condition> read
    )
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>(1);
        do
        {
            conditions.Add(read(cursor));
            SkipSpace(cursor);
        } while (cursor.TrySkip(symbol));
        return conditions.Count == 1
            ? conditions[0]
            : new JoinedConditions(
                new SourceSpan(conditions[0].Span.Start, conditions[^1].Span.End),
                operation,
                conditions.DrainToImmutable()
            );
    }

    private static Condition ReadNot(Cursor cursor)
    {
        cursor.Descend();
        SkipSpace(cursor);
        var start = cursor.Position;
        Condition condition;
        if (ReservedWords.IsAt(cursor, "!"))
        {
            cursor.Skip();
            var inner = ReadNot(cursor);
            condition = new NegatedCondition(new SourceSpan(start, inner.Span.End), inner);
        }
        else if (cursor.TrySkip("("))
        {
            var inner = ReadOr(cursor);
            cursor.Expect(")");
            condition = new GroupedCondition(cursor.SpanFrom(start), inner);
        }
        else
        {
            condition = ReadTest(cursor);
        }

        cursor.Ascend();
        return condition;
    }

    private static TestCondition ReadTest(Cursor cursor)
    {
        var start = cursor.Position;
        if (UnaryOperators.Contains(ReservedWords.Peek(cursor).ToString()))
        {
            var operation = ReservedWords.Peek(cursor).ToString();
            cursor.Skip(operation.Length);
            var operand = ReadOperand(cursor);
            return new TestCondition(cursor.SpanFrom(start), null, operation, operand);
        }

        var left = ReadOperand(cursor);
        Trivia.SkipBlanks(cursor);
        var comparison = PeekComparison(cursor);
        if (comparison.Length == 0)
        {
            return new TestCondition(left.Span, null, "", left);
        }

        cursor.Skip(comparison.Length);
        var right = ReadOperand(cursor);
        return new TestCondition(cursor.SpanFrom(start), left, comparison, right);
    }

    private static string PeekComparison(Cursor cursor)
    {
        if (cursor.Current is '<' or '>')
        {
            return Characters.IsBlank(cursor.Next) ? $"{cursor.Current}" : "";
        }

        var word = ReservedWords.Peek(cursor).ToString();
        return BinaryOperators.Contains(word) ? word : "";
    }

    // What looks like an operator or the end is read as an operand by some shells only.
    private static Word ReadOperand(Cursor cursor)
    {
        Trivia.SkipBlanks(cursor);
        var word = ReservedWords.Peek(cursor).ToString();
        return
            cursor.Current is not ('<' or '>')
            && word is not ("!" or "]]")
            && !UnaryOperators.Contains(word)
            && !BinaryOperators.Contains(word)
            ? WordReader.Read(cursor)
            : throw cursor.Refuse("an operand is missing");
    }

    private static void SkipSpace(Cursor cursor)
    {
        Trivia.SkipBlanks(cursor);
        if (cursor.Current == '\n')
        {
            Trivia.RefuseAwaited(cursor);
            Trivia.SkipLines(cursor);
        }
    }
}
