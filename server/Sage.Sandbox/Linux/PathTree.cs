namespace Sage.Sandbox.Linux;

/// <summary>What lies below what, for absolute paths without a slash at their end.</summary>
internal static class PathTree
{
    /// <summary>True for the folder itself, too.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder
        || folder == "/"
        || (path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length] == '/');

    public static bool IsBelow(string path, string folder) => path != folder && IsWithin(path, folder);

    /// <summary>The folders between the two, the upper one first and neither of both included.</summary>
    public static IEnumerable<string> Between(string folder, string path)
    {
        for (
            var end = path.IndexOf('/', folder == "/" ? 1 : folder.Length + 1);
            end > 0;
            end = path.IndexOf('/', end + 1)
        )
        {
            yield return path[..end];
        }
    }
}
