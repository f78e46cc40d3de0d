namespace Sage.Storage.Journals.Trash;

/// <summary>Moves and copies whole folders of a session.</summary>
internal static class FolderCopy
{
    /// <returns>False when there is no such folder.</returns>
    public static bool TryCopy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return false;
        }
        PrivateFiles.CreateFolder(to);
        foreach (var folder in Directory.GetDirectories(from))
        {
            TryCopy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
        return true;
    }

    /// <summary>Where an earlier move was cut off, the rest follows.</summary>
    public static void MoveIfThere(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }
        if (!Directory.Exists(to))
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(to)!);
            Directory.Move(from, to);
            return;
        }
        TryCopy(from, to);
        Directory.Delete(from, recursive: true);
    }
}
