using System.Collections.Immutable;

namespace Sage.Agent.ShellLanguage.Syntax;

/// <summary><c>while … do … done</c> or <c>until … do … done</c>.</summary>
public sealed record WhileCommand(
    SourceSpan Span,
    WhileKind Kind,
    CommandList Condition,
    CommandList Body,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [Condition, Body, .. Redirections];
}

/// <summary>Which outcome of the condition keeps a loop going.</summary>
public enum WhileKind
{
    While,
    Until,
}

/// <summary><c>for name in words; do … done</c>, or the same with <c>select</c>.</summary>
/// <param name="Words">Null when there is no <c>in</c>: the arguments of the shell.</param>
public sealed record ForCommand(
    SourceSpan Span,
    ForKind Kind,
    string Variable,
    ImmutableArray<Word>? Words,
    CommandList Body,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [.. Words ?? [], Body, .. Redirections];
}

/// <summary>How the words of a loop are gone through.</summary>
public enum ForKind
{
    /// <summary>One after the other.</summary>
    For,

    /// <summary>As the user chooses.</summary>
    Select,
}

/// <summary><c>for ((…; …; …)); do … done</c>.</summary>
/// <param name="Parts">The three expressions, with the semicolons as text.</param>
public sealed record ArithmeticForCommand(
    SourceSpan Span,
    ImmutableArray<WordPart> Parts,
    CommandList Body,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [.. Parts, Body, .. Redirections];
}
