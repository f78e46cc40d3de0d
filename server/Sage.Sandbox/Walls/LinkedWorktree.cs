using System.Collections.Immutable;

namespace Sage.Sandbox.Walls;

/// <summary>The repository of a folder whose <c>.git</c> is a file.</summary>
/// <param name="Folder">Where this worktree's own files are: <c>…/.git/worktrees/name</c>.</param>
/// <param name="Repository">Where everything else is: <c>…/.git</c>.</param>
/// <param name="Siblings">The folders of other worktrees.</param>
internal sealed record LinkedWorktree(string Folder, string Repository, ImmutableArray<string> Siblings)
{
    private const string Prefix = "gitdir: ";
    private const int LongestLink = 4096;

    /// <summary>
    /// Null when it is none. A file can name any folder of the user's; only a repository that knows of this worktree is its own.
    /// </summary>
    public static LinkedWorktree? Of(string workspace)
    {
        var link = Path.Join(workspace, ".git");
        try
        {
            if (Line(link) is not { } line || !line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return null;
            }

            var folder = Path.GetFullPath(line[Prefix.Length..], workspace);
            var worktrees = Path.GetDirectoryName(folder);
            return
                Path.GetFileName(worktrees) == "worktrees"
                && Line(Path.Join(folder, "gitdir")) is { } back
                && Path.GetFullPath(back, folder) == link
                ? new(
                    folder,
                    Path.GetDirectoryName(worktrees)!,
                    [.. Directory.GetDirectories(worktrees!).Where(other => other != folder)]
                )
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Line(string path) =>
        new FileInfo(path) is { Exists: true, Length: < LongestLink } ? File.ReadAllText(path).Trim() : null;
}
