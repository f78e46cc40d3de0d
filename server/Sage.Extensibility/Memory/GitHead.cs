using System.Text;

namespace Sage.Extensibility.Memory;

/// <summary>What is checked out, read from git's own files: running git would cost more, and obey the repository's settings.</summary>
internal static class GitHead
{
    private const int Cap = 4 * 1024;
    private const string BranchPrefix = "ref: refs/heads/";

    /// <summary>For the model: <c>a git repository, on branch main</c>.</summary>
    public static string Describe(string folder)
    {
        try
        {
            return Find(folder) is not { } repository ? "not a git repository" : $"a git repository{Head(repository)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "a git repository that cannot be read";
        }
    }

    // The folder of git's files: `.git` itself, or where a `.git` file (worktree, submodule) points.
    private static string? Find(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            var git = Path.Combine(current, ".git");
            if (Directory.Exists(git))
            {
                return git;
            }

            if (FirstLine(git) is { } line && line.StartsWith("gitdir: ", StringComparison.Ordinal))
            {
                return Path.GetFullPath(line["gitdir: ".Length..], current);
            }
        }

        return null;
    }

    private static string Head(string repository) =>
        FirstLine(Path.Combine(repository, "HEAD")) switch
        {
            { } line when line.StartsWith(BranchPrefix, StringComparison.Ordinal) =>
                $", on branch {PlainText.OneLine(line[BranchPrefix.Length..])}",
            { Length: >= 40 } line when line.All(char.IsAsciiHexDigit) => $", at commit {line[..10]} (detached)",
            _ => "",
        };

    private static string? FirstLine(string path) =>
        SmallFile.Read(path, Cap) is { } file ? Encoding.UTF8.GetString(file.Bytes).Split('\n')[0].Trim() : null;
}
