using Sage.Agent.Workspaces;

namespace Sage.Storage.Journals;

/// <summary>Where what belongs to sessions is: <c>sessions/&lt;workspace&gt;/&lt;id&gt;.jsonl</c> below <see cref="SageHome"/>, and the rest beside it.</summary>
internal sealed class JournalPlaces(SageHome home)
{
    public const string Extension = ".jsonl";

    // Says whose folder it is: its own name holds a hash of the path only.
    private const string OwnerFile = ".workspace";

    /// <summary>One folder for each workspace.</summary>
    public string Root => home.Sessions;

    public string FolderOf(Workspace workspace) => Path.Combine(home.Sessions, FileNames.ForWorkspace(workspace.Root));

    public string PathOf(Workspace workspace, string sessionId) => PathIn(FolderOf(workspace), sessionId);

    public static string PathIn(string folder, string sessionId) => Path.Combine(folder, sessionId + Extension);

    /// <summary>What a list shows of it.</summary>
    public static string SummaryOf(string journal) => Path.ChangeExtension(journal, ".summary.json");

    /// <summary>Folders of other kinds of files that belong to a session, each with a name for the trash.</summary>
    public IEnumerable<(string Name, string Path)> Beside(string sessionId)
    {
        var name = FileNames.ToSafe(sessionId);
        yield return ("spill", Path.Combine(home.Spill, name));
        yield return ("checkpoints", Path.Combine(home.Checkpoints, name));
    }

    /// <summary>Makes the folder of a workspace, with the name of its owner in it.</summary>
    public string CreateFolder(Workspace workspace)
    {
        var folder = FolderOf(workspace);
        PrivateFiles.CreateFolder(folder);
        var owner = Path.Combine(folder, OwnerFile);
        if (!File.Exists(owner))
        {
            PrivateFiles.Replace(owner, System.Text.Encoding.UTF8.GetBytes(workspace.Root));
        }
        return folder;
    }

    /// <summary>The path of the workspace whose sessions a folder holds; null when it does not say.</summary>
    public static string? OwnerOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, OwnerFile));
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            return null;
        }
    }
}
