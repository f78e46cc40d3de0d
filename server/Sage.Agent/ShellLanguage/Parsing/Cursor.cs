using System.Runtime.CompilerServices;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing;

/// <summary>The place that reading has come to, with what is open around it.</summary>
internal sealed class Cursor(string text, int start, int end, Enclosure enclosure, int depth)
{
    // Far more than anyone writes, far less than the stack holds.
    private const int DeepestNesting = 64;

    private int _depth = depth;

    public Cursor(string text)
        : this(text, 0, text.Length, Enclosure.None, 0) { }

    public string Text => text;

    public int Position { get; private set; } = start;

    /// <summary>Which shells read what was read so far in this way.</summary>
    public Shells Readers { get; private set; } = Shells.All;

    /// <summary>What the commands that are read stand in.</summary>
    public Enclosure Enclosure { get; private set; } = enclosure;

    /// <summary>Here-documents whose lines come after the next line break.</summary>
    public List<HereDocumentRedirection> Awaited { get; private set; } = [];

    public bool IsAtEnd => Position >= end;

    /// <summary>The character here; NUL at the end, and nowhere else.</summary>
    public char Current => PeekAt(0);

    public char Next => PeekAt(1);

    /// <summary>What is still to be read.</summary>
    public ReadOnlySpan<char> Rest => text.AsSpan(Position, end - Position);

    public char PeekAt(int offset) => Position + offset < end ? text[Position + offset] : '\0';

    public bool IsAt(ReadOnlySpan<char> expected) => Rest.StartsWith(expected, StringComparison.Ordinal);

    public void Skip(int count = 1) => Position += count;

    public bool TrySkip(ReadOnlySpan<char> expected)
    {
        var found = IsAt(expected);
        Position += found ? expected.Length : 0;
        return found;
    }

    public void Expect(ReadOnlySpan<char> expected)
    {
        if (!TrySkip(expected))
        {
            throw Refuse($"`{expected}` is missing");
        }
    }

    public SourceSpan SpanFrom(int first) => new(first, Position);

    public UnparsedException Refuse(string reason) => new(reason, Position);

    /// <summary>What is read here means something else to other shells.</summary>
    public void OnlyIn(Shells readers) => Readers &= readers;

    /// <summary>Goes into something that can contain itself. Each needs its <see cref="Ascend"/>.</summary>
    public void Descend()
    {
        if (++_depth > DeepestNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Refuse("the nesting is too deep");
        }
    }

    public void Ascend() => _depth--;

    /// <summary>A cursor for a part of the text that is set apart before it is read. Needs <see cref="Return"/>.</summary>
    public Cursor Part(int first, int last, Enclosure within)
    {
        Descend();
        return new Cursor(text, first, last, within, _depth);
    }

    public void Return(Cursor part)
    {
        OnlyIn(part.Readers);
        Ascend();
    }

    /// <summary>Reads a list of commands that stands in a word: here-documents of the line around it do not begin in it.</summary>
    public CommandList Inside(Enclosure within, Func<Cursor, CommandList> read)
    {
        Descend();
        var (outerAwaited, outerEnclosure) = (Awaited, Enclosure);
        (Awaited, Enclosure) = ([], within);
        var list = read(this);
        if (Awaited.Count > 0)
        {
            throw Refuse("a here-document has no lines");
        }

        (Awaited, Enclosure) = (outerAwaited, outerEnclosure);
        Ascend();
        return list;
    }
}

/// <summary>What commands can stand in.</summary>
internal enum Enclosure
{
    None,

    /// <summary><c>$(…)</c> and <c>&lt;(…)</c>. Older shells look for its end without reading the commands.</summary>
    Substitution,

    /// <summary><c>`…`</c></summary>
    Backquotes,
}
