namespace Sage.Extensibility.Memory;

/// <summary>Whether a folder belongs to a git repository, without running git: that would cost more, and obey the repository's settings.</summary>
internal static class GitFolder
{
    public static bool IsAbove(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            // A file in worktrees and submodules.
            if (Path.Exists(Path.Combine(current, ".git")))
            {
                return true;
            }
        }

        return false;
    }
}
