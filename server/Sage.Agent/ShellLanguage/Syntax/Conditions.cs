using System.Collections.Immutable;

namespace Sage.Agent.ShellLanguage.Syntax;

/// <summary><c>((…))</c>. What a variable holds is evaluated too, and can run a command.</summary>
public sealed record ArithmeticCommand(
    SourceSpan Span,
    ImmutableArray<WordPart> Parts,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [.. Parts, .. Redirections];
}

/// <summary><c>[[ … ]]</c>. Operands of numeric operators are evaluated, and can run a command.</summary>
public sealed record ConditionalCommand(SourceSpan Span, Condition Condition, ImmutableArray<Redirection> Redirections)
    : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [Condition, .. Redirections];
}

/// <summary>What stands between <c>[[</c> and <c>]]</c>.</summary>
public abstract record Condition : ShellNode
{
    private protected Condition(SourceSpan span)
        : base(span) { }
}

/// <summary><c>-f word</c>, <c>word == word</c>, or a word that is to be not empty.</summary>
/// <param name="Left">Null before a unary operator.</param>
/// <param name="Operator">Empty for a word alone, which is then <paramref name="Right"/>.</param>
public sealed record TestCondition(SourceSpan Span, Word? Left, string Operator, Word Right) : Condition(Span)
{
    public override IEnumerable<ShellNode> Children => Left is null ? [Right] : [Left, Right];
}

/// <summary><c>! condition</c>.</summary>
public sealed record NegatedCondition(SourceSpan Span, Condition Inner) : Condition(Span)
{
    public override IEnumerable<ShellNode> Children => [Inner];
}

/// <summary><c>( condition )</c>.</summary>
public sealed record GroupedCondition(SourceSpan Span, Condition Inner) : Condition(Span)
{
    public override IEnumerable<ShellNode> Children => [Inner];
}

/// <summary>Conditions joined by one operator, <c>&amp;&amp;</c> or <c>||</c>.</summary>
public sealed record JoinedConditions(SourceSpan Span, AndOrOperator Operator, ImmutableArray<Condition> Conditions)
    : Condition(Span)
{
    public override IEnumerable<ShellNode> Children => Conditions;
}
