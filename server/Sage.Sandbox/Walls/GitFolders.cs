namespace Sage.Sandbox.Walls;

/// <summary>Finds what git, started by the user or the editor outside of the walls, would run or obey.</summary>
internal static class GitFolders
{
    // commondir would make git take everything, hooks and configuration as well, from another folder.
    private static readonly string[] s_obeyed = ["hooks", "config", "config.worktree", "commondir", "worktrees"];
    private static readonly string[] s_obeyedInModules = ["hooks", "config", "config.worktree", "commondir"];
    private const int DeepestModule = 4;

    public static IEnumerable<string> Protected(string workspace, RepositoryAccess access)
    {
        if (access == RepositoryAccess.Full)
        {
            return [];
        }

        var repositories = Repositories(workspace).Select(folder => Path.Join(folder, ".git")).ToList();
        return access == RepositoryAccess.ReadOnly
            ? repositories
            : repositories.SelectMany(Obeyed).Concat(OfWorktree(workspace));
    }

    /// <summary>A linked worktree has its repository elsewhere: a commit writes there.</summary>
    public static IEnumerable<string> Writable(string workspace, RepositoryAccess access) =>
        access != RepositoryAccess.ReadOnly && LinkedWorktree.Of(workspace) is { } worktree
            ? [worktree.Repository]
            : [];

    private static IEnumerable<string> OfWorktree(string workspace) =>
        LinkedWorktree.Of(workspace) is { } worktree
            ?
            [
                .. Obeyed(worktree.Repository).Where(path => Path.GetFileName(path) != "worktrees"),
                .. worktree.Siblings,
                Path.Join(worktree.Folder, "commondir"),
                Path.Join(worktree.Folder, "gitdir"),
                Path.Join(worktree.Folder, "config.worktree"),
            ]
            : [];

    // The editor looks for repositories in the folders of a workspace, too, but not deeper.
    private static IEnumerable<string> Repositories(string workspace) =>
        [workspace, .. Entries(workspace).Where(folder => Exists(Path.Join(folder, ".git")))];

    private static IEnumerable<string> Obeyed(string git) =>
        File.Exists(git)
            ? [git]
            :
            [
                .. s_obeyed.Select(name => Path.Join(git, name)),
                .. Modules(Path.Join(git, "modules"), DeepestModule)
                    .SelectMany(module => s_obeyedInModules.Select(name => Path.Join(module, name))),
            ];

    // A module is named by its path, so it may lie some folders down, and may have modules itself.
    private static IEnumerable<string> Modules(string folder, int depth) =>
        depth == 0
            ? []
            : Entries(folder)
                .SelectMany(entry =>
                    File.Exists(Path.Join(entry, "HEAD"))
                        ? Modules(Path.Join(entry, "modules"), depth - 1).Prepend(entry)
                        : Modules(entry, depth - 1)
                );

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);
}
