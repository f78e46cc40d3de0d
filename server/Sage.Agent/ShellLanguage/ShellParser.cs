using Sage.Agent.ShellLanguage.Parsing;

namespace Sage.Agent.ShellLanguage;

/// <summary>
/// Reads command lines of POSIX shells and what is common in bash, for decisions about safety: a tree is given only where
/// the shells agree on it. Never throws; time and memory are linear, nesting is bounded.
/// </summary>
public static class ShellParser
{
    public static ShellParse Parse(string commandLine)
    {
        ArgumentNullException.ThrowIfNull(commandLine);
        try
        {
            var cursor = new Cursor(commandLine);
            Characters.Check(cursor);
            var script = ListReader.ReadScript(cursor);
            return new ShellParse.Parsed(script, cursor.Readers);
        }
        catch (UnparsedException refusal)
        {
            return new ShellParse.Unparsed(refusal.Message, refusal.Position);
        }
    }
}
