using System.Collections.Immutable;

namespace Sage.Agent.ShellLanguage.Syntax;

/// <summary>Commands one after the other: <c>a; b &amp; c</c>.</summary>
public sealed record CommandList(SourceSpan Span, ImmutableArray<ListItem> Items) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => Items;
}

/// <summary>One entry of a list, with how it ends.</summary>
public sealed record ListItem(SourceSpan Span, AndOrList Commands, ListEnd End) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => [Commands];
}

/// <summary>Whether the next entry of a list waits.</summary>
public enum ListEnd
{
    /// <summary><c>;</c>, a line break, or the end.</summary>
    Sequential,

    /// <summary><c>&amp;</c></summary>
    Background,
}

/// <summary>Pipelines that depend on the one before: <c>a &amp;&amp; b || c</c>, read from left to right.</summary>
public sealed record AndOrList(SourceSpan Span, ImmutableArray<AndOrItem> Items) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => Items;
}

/// <summary>One pipeline, and when it runs.</summary>
public sealed record AndOrItem(SourceSpan Span, AndOrOperator Operator, Pipeline Pipeline) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => [Pipeline];
}

/// <summary>When a pipeline of an and-or list runs.</summary>
public enum AndOrOperator
{
    First,

    /// <summary><c>&amp;&amp;</c>: when what is before it succeeded.</summary>
    And,

    /// <summary><c>||</c>: when what is before it failed.</summary>
    Or,
}

/// <summary>Commands that run at the same time, each reading the output of the one before.</summary>
/// <param name="Prefix">What stands before the first command.</param>
/// <param name="Commands">At least one.</param>
/// <param name="Pipes">What stands after each command but the last.</param>
public sealed record Pipeline(
    SourceSpan Span,
    PipelinePrefix Prefix,
    ImmutableArray<ShellCommand> Commands,
    ImmutableArray<Pipe> Pipes
) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => Commands;
}

/// <summary>What can stand before a pipeline.</summary>
public enum PipelinePrefix
{
    None,

    /// <summary><c>!</c>: success and failure are exchanged.</summary>
    Negated,

    /// <summary><c>time</c>. To a plain sh that is the name of a command.</summary>
    Timed,
}

/// <summary>What goes from one command of a pipeline to the next.</summary>
public enum Pipe
{
    /// <summary><c>|</c></summary>
    Output,

    /// <summary><c>|&amp;</c></summary>
    OutputAndErrors,
}
