namespace Sage.Extensibility.Mcp.Connections;

/// <summary>A program and its arguments as one line that the user's shell reads as exactly these.</summary>
internal static class CommandLine
{
    /// <summary>In place of the shell, so that a signal reaches the program.</summary>
    public static string Of(string program, IEnumerable<string> arguments) =>
        OperatingSystem.IsWindows()
            ? string.Join(' ', arguments.Prepend(program).Select(OfWindows))
            : $"exec {string.Join(' ', arguments.Prepend(program).Select(OfPosix))}";

    internal static string OfPosix(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    internal static string OfWindows(string word) =>
        word.Length > 0
        && word.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '\\' or '/' or '@' or '=')
            ? word
            : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
