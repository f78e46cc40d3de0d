using System.Security.Cryptography;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;

namespace Sage.Extensibility.Hooks.Configuration;

/// <summary>
/// The files of the workspace that commands name, each with what is in it: who agrees to a hook agrees to the script as it is. What
/// a script starts itself is not looked at.
/// </summary>
internal static class NamedFiles
{
    private const int Cap = 1024 * 1024;

    private static readonly char[] Between =
    [
        ' ',
        '\t',
        '\r',
        '\n',
        '"',
        '\'',
        '`',
        ';',
        '|',
        '&',
        '<',
        '>',
        '(',
        ')',
        '=',
    ];

    private static readonly string[] RootNames =
    [
        "${CLAUDE_PROJECT_DIR}",
        "$CLAUDE_PROJECT_DIR",
        "${SAGE_PROJECT_DIR}",
        "$SAGE_PROJECT_DIR",
    ];

    /// <summary>Whether a command names any.</summary>
    public static bool AreIn(Workspace workspace, string command) => Paths(workspace, [command]).Any();

    /// <summary>One line for each, in the order of their names.</summary>
    public static IEnumerable<string> Of(Workspace workspace, IEnumerable<string> commands) =>
        Paths(workspace, commands)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(path => $"the file {workspace.Display(path)} as it is now ({Print(path)})");

    private static IEnumerable<string> Paths(Workspace workspace, IEnumerable<string> commands) =>
        commands
            .SelectMany(command => Words(workspace, command))
            .Where(path => LinkedPath.IsWithin(workspace.Root, path) && File.Exists(path));

    private static IEnumerable<string> Words(Workspace workspace, string command)
    {
        foreach (var name in RootNames)
        {
            command = command.Replace($"\"{name}\"", name, StringComparison.Ordinal);
            command = command.Replace(name, workspace.Root, StringComparison.Ordinal);
        }

        return command
            .Split(Between, StringSplitOptions.RemoveEmptyEntries)
            .Where(static word => !word.Contains('\0', StringComparison.Ordinal))
            .Select(word => Path.GetFullPath(word, workspace.Root));
    }

    private static string Print(string path)
    {
        try
        {
            return SmallFile.Read(path, Cap) switch
            {
                null => "empty",
                { Length: > Cap and var length } => $"{length} bytes",
                { Bytes: var bytes } => $"SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}",
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "it cannot be read";
        }
    }
}
