using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage;

/// <summary>What a command line means, or that it is not certain what it means.</summary>
public abstract record ShellParse
{
    private ShellParse() { }

    /// <summary>Every shell of <paramref name="Readers"/> reads the line as this tree.</summary>
    /// <param name="Script">The tree.</param>
    /// <param name="Readers">All shells, unless the line uses what only some of them know.</param>
    public sealed record Parsed(CommandList Script, Shells Readers) : ShellParse;

    /// <summary>A mistake, something that shells read differently, or something this parser does not know. Never a guess.</summary>
    /// <param name="Reason">For people: <c>a quote is not closed</c>.</param>
    /// <param name="Position">Where reading ended, as an offset.</param>
    public sealed record Unparsed(string Reason, int Position) : ShellParse;
}
