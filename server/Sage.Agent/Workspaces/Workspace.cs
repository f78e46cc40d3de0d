namespace Sage.Agent.Workspaces;

/// <summary>The folder a session works in.</summary>
/// <param name="Root">Absolute, existing, without a trailing separator, symbolic links resolved.</param>
public sealed record Workspace(string Root)
{
    /// <summary>The path people and models see: relative with forward slashes inside the root, absolute elsewhere.</summary>
    public string Display(string fullPath)
    {
        var relative = Path.GetRelativePath(Root, fullPath);
        return
            relative == ".."
            || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || Path.IsPathRooted(relative)
            ? fullPath
            : relative.Replace(Path.DirectorySeparatorChar, '/');
    }
}
