using System.Collections.Immutable;

namespace Sage.Agent.ShellLanguage.Syntax;

/// <summary>Where a command's input comes from or its output goes.</summary>
public abstract record Redirection : ShellNode
{
    private protected Redirection(SourceSpan span, int? descriptor)
        : base(span) => Descriptor = descriptor;

    /// <summary>The number before the operator; null when there is none.</summary>
    public int? Descriptor { get; }
}

/// <summary>From or to a file.</summary>
public sealed record FileRedirection(SourceSpan Span, int? Descriptor, FileOperator Operator, Word Target)
    : Redirection(Span, Descriptor)
{
    public override IEnumerable<ShellNode> Children => [Target];
}

/// <summary>What is done with the file.</summary>
public enum FileOperator
{
    /// <summary><c>&lt;</c></summary>
    Read,

    /// <summary><c>&gt;</c></summary>
    Write,

    /// <summary><c>&gt;&gt;</c></summary>
    Append,

    /// <summary><c>&gt;|</c></summary>
    Clobber,

    /// <summary><c>&lt;&gt;</c></summary>
    ReadWrite,

    /// <summary><c>&amp;&gt;</c>, <c>&gt;&amp;file</c>: output and errors.</summary>
    WriteBoth,

    /// <summary><c>&amp;&gt;&gt;</c></summary>
    AppendBoth,
}

/// <summary>To or from where another descriptor goes: <c>2&gt;&amp;1</c>.</summary>
/// <param name="Source">The other descriptor; null closes this one.</param>
public sealed record DuplicateRedirection(SourceSpan Span, int? Descriptor, DuplicateOperator Operator, int? Source)
    : Redirection(Span, Descriptor)
{
    public override IEnumerable<ShellNode> Children => [];
}

/// <summary>Which descriptor is meant when none is named.</summary>
public enum DuplicateOperator
{
    /// <summary><c>&lt;&amp;</c></summary>
    Input,

    /// <summary><c>&gt;&amp;</c></summary>
    Output,
}

/// <summary><c>&lt;&lt;&lt; word</c>: the word is the input.</summary>
public sealed record HereStringRedirection(SourceSpan Span, int? Descriptor, Word Text) : Redirection(Span, Descriptor)
{
    public override IEnumerable<ShellNode> Children => [Text];
}

/// <summary><c>&lt;&lt; word</c>: the lines below are the input.</summary>
/// <param name="Delimiter">The line that ends it.</param>
/// <param name="Tabs">What happens to tabs that lines begin with.</param>
/// <param name="Expansion">Whether its lines are expanded.</param>
public sealed record HereDocumentRedirection(
    SourceSpan Span,
    int? Descriptor,
    string Delimiter,
    HereDocumentTabs Tabs,
    HereDocumentExpansion Expansion
) : Redirection(Span, Descriptor)
{
    /// <summary>Set when the parser comes to the line below.</summary>
    public HereDocumentBody Body { get; internal set; } = new(default, []);

    public override IEnumerable<ShellNode> Children => [Body];
}

/// <summary>The lines of a here-document.</summary>
public sealed record HereDocumentBody(SourceSpan Span, ImmutableArray<WordPart> Parts) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => Parts;
}

/// <summary>What happens to tabs that lines of a here-document begin with.</summary>
public enum HereDocumentTabs
{
    Kept,

    /// <summary><c>&lt;&lt;-</c></summary>
    Removed,
}

/// <summary>Whether a here-document is expanded.</summary>
public enum HereDocumentExpansion
{
    Expanded,

    /// <summary>The delimiter is quoted.</summary>
    Literal,
}
