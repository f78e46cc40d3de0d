namespace Sage.Agent.ShellLanguage.Syntax;

/// <summary>Where a node stands in the command line.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last character.</param>
public readonly record struct SourceSpan(int Start, int End)
{
    public bool Contains(SourceSpan other) => Start <= other.Start && other.End <= End;

    /// <summary>The text there.</summary>
    public ReadOnlySpan<char> In(string commandLine) => commandLine.AsSpan()[Start..End];
}
