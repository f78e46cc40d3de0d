namespace Sage.Tools.Files.Changes;

/// <summary>The folders that have to be made for a file, so that they can be removed again.</summary>
internal sealed class NewFolders
{
    private readonly List<string> _missing = [];

    private readonly string _folder;

    private NewFolders(string folder) => _folder = folder;

    /// <summary>Looks at the disk; makes nothing.</summary>
    public static NewFolders For(string path)
    {
        var folders = new NewFolders(Path.GetDirectoryName(path)!);
        for (var folder = folders._folder; folder is not null && !Path.Exists(folder); )
        {
            folders._missing.Add(folder);
            folder = Path.GetDirectoryName(folder);
        }

        return folders;
    }

    public void Make() => Directory.CreateDirectory(_folder);

    /// <summary>Removes those that were made and are empty; what others put there stays.</summary>
    public void Remove()
    {
        foreach (var folder in _missing)
        {
            if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any())
            {
                return;
            }

            Directory.Delete(folder);
        }
    }
}
