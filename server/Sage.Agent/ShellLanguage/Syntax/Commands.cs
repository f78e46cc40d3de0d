using System.Collections.Immutable;

namespace Sage.Agent.ShellLanguage.Syntax;

/// <summary>A command with its redirections. Its children are in the order of its parameters.</summary>
public abstract record ShellCommand : ShellNode
{
    private protected ShellCommand(SourceSpan span, ImmutableArray<Redirection> redirections)
        : base(span) => Redirections = redirections;

    public ImmutableArray<Redirection> Redirections { get; }
}

/// <summary>A program, built-in or function with its arguments, or only assignments or redirections.</summary>
/// <param name="Assignments"><c>A=1</c> before the name.</param>
/// <param name="Words">The name and the arguments; empty when there are only assignments or redirections.</param>
public sealed record SimpleCommand(
    SourceSpan Span,
    ImmutableArray<Assignment> Assignments,
    ImmutableArray<Word> Words,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [.. Assignments, .. Words, .. Redirections];
}

/// <summary>A variable that is set.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Operator">Whether the value is added to what is there.</param>
/// <param name="Values">One word (it may be empty), or the elements of an array.</param>
/// <param name="Kind">Whether the value is one word or an array.</param>
public sealed record Assignment(
    SourceSpan Span,
    string Name,
    AssignmentOperator Operator,
    AssignmentKind Kind,
    ImmutableArray<Word> Values
) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => Values;
}

/// <summary>What an assignment does with the old value.</summary>
public enum AssignmentOperator
{
    /// <summary><c>=</c></summary>
    Set,

    /// <summary><c>+=</c></summary>
    Append,
}

/// <summary>What is assigned.</summary>
public enum AssignmentKind
{
    Word,

    /// <summary><c>(a b c)</c></summary>
    Array,
}

/// <summary><c>{ …; }</c> or <c>( … )</c>.</summary>
public sealed record GroupCommand(
    SourceSpan Span,
    GroupKind Kind,
    CommandList Body,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [Body, .. Redirections];
}

/// <summary>Where a group runs.</summary>
public enum GroupKind
{
    /// <summary><c>{ }</c>: in the same shell.</summary>
    Braces,

    /// <summary><c>( )</c>: in a shell of its own; its folder and variables end with it.</summary>
    Subshell,
}

/// <summary><c>if … then … elif … else … fi</c>.</summary>
public sealed record IfCommand(
    SourceSpan Span,
    ImmutableArray<IfBranch> Branches,
    CommandList? Else,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children =>
        Else is null ? [.. Branches, .. Redirections] : [.. Branches, Else, .. Redirections];
}

/// <summary>A condition and what runs when it holds.</summary>
public sealed record IfBranch(SourceSpan Span, CommandList Condition, CommandList Body) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => [Condition, Body];
}

/// <summary><c>case word in pattern) …;; esac</c>.</summary>
public sealed record CaseCommand(
    SourceSpan Span,
    Word Subject,
    ImmutableArray<CaseClause> Clauses,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [Subject, .. Clauses, .. Redirections];
}

/// <summary>Patterns, and what runs when one matches.</summary>
public sealed record CaseClause(SourceSpan Span, ImmutableArray<Word> Patterns, CommandList Body, CaseEnd End)
    : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => [.. Patterns, Body];
}

/// <summary>What happens after a clause of a case.</summary>
public enum CaseEnd
{
    /// <summary><c>;;</c>, or nothing before <c>esac</c></summary>
    Break,

    /// <summary><c>;&amp;</c>: the next clause runs.</summary>
    FallThrough,

    /// <summary><c>;;&amp;</c>: the next patterns are tried.</summary>
    TryNext,
}

/// <summary>A function is defined. Its body runs when it is called.</summary>
public sealed record FunctionDefinition(
    SourceSpan Span,
    string Name,
    ShellCommand Body,
    ImmutableArray<Redirection> Redirections
) : ShellCommand(Span, Redirections)
{
    public override IEnumerable<ShellNode> Children => [Body, .. Redirections];
}
