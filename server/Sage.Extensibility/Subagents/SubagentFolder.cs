using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;
using Sage.Protocol.Subagents;

namespace Sage.Extensibility.Subagents;

/// <summary>A place that holds kinds of sub-agents as Markdown files.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Place">As people write it.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="IsOurs">False for the folders of other agents, whose words for modes and models are not ours.</param>
internal sealed record SubagentFolder(string Path, string Place, SubagentSource Source, bool IsOurs)
{
    private const int MostFiles = 200;
    private const string Ending = ".md";
    private const string Name = "agents";

    /// <summary>What a workspace brings, the stronger first.</summary>
    public static IEnumerable<SubagentFolder> In(Workspace workspace)
    {
        yield return Of($".sage/{Name}", isOurs: true);
        yield return Of($".claude/{Name}", isOurs: false);

        SubagentFolder Of(string place, bool isOurs) =>
            new(System.IO.Path.Combine(workspace.Root, place), place, SubagentSource.Workspace, isOurs);
    }

    /// <summary>The user's own, the stronger first.</summary>
    public static IEnumerable<SubagentFolder> Of(UserFolders user)
    {
        yield return Own(OwnPath(user), isOurs: true);
        if (user.Home.Length > 0)
        {
            yield return Own(System.IO.Path.Combine(user.Home, ".claude", Name), isOurs: false);
        }

        SubagentFolder Own(string path, bool isOurs) => new(path, user.Display(path), SubagentSource.User, isOurs);
    }

    /// <summary>Where the user's own files for Sage lie.</summary>
    public static string OwnPath(UserFolders user) => System.IO.Path.Combine(user.Sage, Name);

    /// <summary>The names of the files in it. A link of the repository that leads out of it is passed over.</summary>
    public IEnumerable<string> Files(Workspace workspace)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(Path, "*" + Ending)
                    .Take(MostFiles)
                    .Where(file => Source == SubagentSource.User || IsWithin(workspace, file))
                    .Select(static file => System.IO.Path.GetFileName(file))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or not for us.
            return [];
        }
    }

    /// <summary>A file's own name, without what all of them end with.</summary>
    public static string NameOf(string file) => file[..^Ending.Length];

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
