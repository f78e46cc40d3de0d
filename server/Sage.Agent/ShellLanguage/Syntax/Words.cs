using System.Collections.Immutable;
using System.Text;

namespace Sage.Agent.ShellLanguage.Syntax;

/// <summary>One word: a name, an argument, a target.</summary>
public sealed record Word(SourceSpan Span, ImmutableArray<WordPart> Parts) : ShellNode(Span)
{
    public override IEnumerable<ShellNode> Children => Parts;

    /// <summary>
    /// The one string that every shell makes of this word, with quotes removed; null when it depends on anything else:
    /// a variable, a command, files that match.
    /// </summary>
    public string? Literal
    {
        get
        {
            var text = new StringBuilder();
            return TryAppend(Parts, text) ? text.ToString() : null;
        }
    }

    private static bool TryAppend(ImmutableArray<WordPart> parts, StringBuilder text)
    {
        var quoting = Quoting.Backslash;
        foreach (var part in parts)
        {
            if (!TryAppend(part, text))
            {
                return false;
            }

            // zsh can be told to read '' as one quote.
            var quoted = (part as QuotedPart)?.Quoting;
            if (quoting == Quoting.Single && quoted == Quoting.Single)
            {
                return false;
            }

            quoting = quoted ?? Quoting.Backslash;
        }

        return true;
    }

    private static bool TryAppend(WordPart part, StringBuilder text)
    {
        switch (part)
        {
            case LiteralPart literal:
                text.Append(literal.Text);
                return true;
            case QuotedPart quoted:
                text.Append(quoted.Text);
                return true;
            case DoubleQuotedPart quoted:
                return TryAppend(quoted.Parts, text);
            default:
                return false;
        }
    }
}

/// <summary>A piece of a word.</summary>
public abstract record WordPart : ShellNode
{
    private protected WordPart(SourceSpan span)
        : base(span) { }

    public override IEnumerable<ShellNode> Children => [];
}

/// <summary>Characters that stand for themselves.</summary>
public sealed record LiteralPart(SourceSpan Span, string Text) : WordPart(Span);

/// <summary>Unquoted characters that a shell may expand: patterns, braces, a tilde, zsh's <c>=name</c>.</summary>
public sealed record PatternPart(SourceSpan Span, string Text) : WordPart(Span);

/// <summary>Text that nothing in it can expand.</summary>
/// <param name="Text">With the quotes removed.</param>
public sealed record QuotedPart(SourceSpan Span, string Text, Quoting Quoting) : WordPart(Span);

/// <summary>How a text is quoted.</summary>
public enum Quoting
{
    /// <summary><c>\c</c></summary>
    Backslash,

    /// <summary><c>'…'</c></summary>
    Single,

    /// <summary><c>$'…'</c></summary>
    Ansi,
}

/// <summary><c>"…"</c>.</summary>
public sealed record DoubleQuotedPart(SourceSpan Span, ImmutableArray<WordPart> Parts) : WordPart(Span)
{
    public override IEnumerable<ShellNode> Children => Parts;
}

/// <summary><c>$x</c> or <c>${…}</c>.</summary>
/// <param name="Name">The variable, or the one character of a special one; with the subscript.</param>
/// <param name="Operator">What stands after the name (<c>:-</c>, <c>%%</c>), or <c>#</c> or <c>!</c> before it; empty when nothing does.</param>
/// <param name="Argument">What stands after the operator; null when nothing can.</param>
public sealed record ParameterPart(SourceSpan Span, string Name, string Operator, Word? Argument) : WordPart(Span)
{
    public override IEnumerable<ShellNode> Children => Argument is null ? [] : [Argument];
}

/// <summary>Commands whose output, or a file with it, becomes part of the word.</summary>
public sealed record SubstitutionPart(SourceSpan Span, SubstitutionKind Kind, CommandList Body) : WordPart(Span)
{
    public override IEnumerable<ShellNode> Children => [Body];
}

/// <summary>How a command is substituted.</summary>
public enum SubstitutionKind
{
    /// <summary><c>$(…)</c></summary>
    Parentheses,

    /// <summary><c>`…`</c></summary>
    Backquotes,

    /// <summary><c>&lt;(…)</c>: a file to read its output from.</summary>
    FileToRead,

    /// <summary><c>&gt;(…)</c>: a file to write its input to.</summary>
    FileToWrite,
}

/// <summary><c>$((…))</c>. What a variable holds is evaluated too, and can run a command.</summary>
public sealed record ArithmeticPart(SourceSpan Span, ImmutableArray<WordPart> Parts) : WordPart(Span)
{
    public override IEnumerable<ShellNode> Children => Parts;
}
