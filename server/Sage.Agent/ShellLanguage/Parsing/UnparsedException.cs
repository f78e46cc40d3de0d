namespace Sage.Agent.ShellLanguage.Parsing;

/// <summary>Ends the reading of a command line whose meaning is not certain. Never leaves the parser.</summary>
internal sealed class UnparsedException(string reason, int position) : Exception(reason)
{
    public int Position { get; } = position;
}
