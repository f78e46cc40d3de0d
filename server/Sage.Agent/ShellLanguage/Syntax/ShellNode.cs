namespace Sage.Agent.ShellLanguage.Syntax;

/// <summary>A piece of a parsed command line. The kinds of nodes are closed.</summary>
public abstract record ShellNode
{
    private protected ShellNode(SourceSpan span) => Span = span;

    /// <summary>
    /// Where it stands. It covers its children, except for the body of a here-document, which stands below the line of its
    /// redirection.
    /// </summary>
    public SourceSpan Span { get; }

    /// <summary>The nodes directly in it.</summary>
    public abstract IEnumerable<ShellNode> Children { get; }

    /// <summary>
    /// It and everything below it, also inside of substitutions, here-documents and functions. Commands that are only text
    /// for another shell (<c>sh -c '…'</c>, <c>eval</c>, <c>trap</c>) are words here.
    /// </summary>
    public IEnumerable<ShellNode> DescendantsAndSelf()
    {
        var open = new Stack<ShellNode>([this]);
        while (open.TryPop(out var node))
        {
            yield return node;
            foreach (var child in node.Children.Reverse())
            {
                open.Push(child);
            }
        }
    }

    /// <summary>Every simple command that may run when this runs, wherever it stands.</summary>
    public IEnumerable<SimpleCommand> SimpleCommands() => DescendantsAndSelf().OfType<SimpleCommand>();
}
