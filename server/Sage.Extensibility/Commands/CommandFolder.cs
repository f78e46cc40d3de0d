using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;
using Sage.Protocol.Commands;

namespace Sage.Extensibility.Commands;

/// <summary>A place that holds commands as Markdown files.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Place">As people write it.</param>
/// <param name="Ending">Of its files.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="IsOurs">False for the folders of other agents, whose words for modes and models are not ours.</param>
internal sealed record CommandFolder(string Path, string Place, string Ending, CommandSource Source, bool IsOurs)
{
    private const int MostFiles = 500;

    /// <summary>The stronger first.</summary>
    public static IEnumerable<CommandFolder> In(Workspace workspace)
    {
        yield return Of(".sage/commands", ".md", isOurs: true);
        yield return Of(".claude/commands", ".md", isOurs: false);
        yield return Of(".github/prompts", ".prompt.md", isOurs: false);

        CommandFolder Of(string place, string ending, bool isOurs) =>
            new(System.IO.Path.Combine(workspace.Root, place), place, ending, CommandSource.Workspace, isOurs);
    }

    /// <summary>The stronger first.</summary>
    public static IEnumerable<CommandFolder> Of(UserFolders user)
    {
        yield return Own(System.IO.Path.Combine(user.Sage, "commands"), isOurs: true);
        if (user.Home.Length > 0)
        {
            yield return Own(System.IO.Path.Combine(user.Home, ".claude", "commands"), isOurs: false);
        }

        CommandFolder Own(string path, bool isOurs) => new(path, user.Display(path), ".md", CommandSource.User, isOurs);
    }

    /// <summary>The files in it, relative and with forward slashes. A link of the repository that leads out of it is passed over.</summary>
    public IEnumerable<string> Files(Workspace workspace)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = 0,
            MaxRecursionDepth = 4,
        };
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(Path, "*" + Ending, options)
                    .Take(MostFiles)
                    .Where(file => Source == CommandSource.User || IsWithin(workspace, file))
                    .Select(file => System.IO.Path.GetRelativePath(Path, file))
                    .Select(static file => file.Replace(System.IO.Path.DirectorySeparatorChar, '/'))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or not for us.
            return [];
        }
    }

    private static bool IsWithin(Workspace workspace, string file)
    {
        try
        {
            return LinkedPath.IsWithin(workspace.Root, LinkedPath.ResolveWhole(file));
        }
        catch (IOException)
        {
            return false;
        }
    }
}
