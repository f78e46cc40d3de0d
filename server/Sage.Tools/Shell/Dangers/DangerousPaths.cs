using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Tools.Files;

namespace Sage.Tools.Shell.Dangers;

/// <summary>How much is lost when something happens to a path.</summary>
internal sealed class DangerousPaths(Workspace workspace, string home, IEnumerable<string> temporary)
{
    private readonly string[] _temporary = [.. temporary];

    /// <summary>The file or folder that is meant; where files match, the folder that they are in.</summary>
    /// <returns>Null when it is not known where it lies.</returns>
    public static string? Locate(ExpandedWord word, string? folder)
    {
        var text = word.Text;
        var star = text.AsSpan().IndexOfAny("*?[{");
        var fixedPart = star < 0 ? text : text[..(text[..star].LastIndexOf('/') + 1)];
        var isRooted = Path.IsPathRooted(fixedPart);
        return folder is null && !isRooted
            ? null
            : Path.TrimEndingDirectorySeparator(
                Path.GetFullPath(fixedPart.Length == 0 ? "." : fixedPart, folder ?? "/")
            );
    }

    /// <summary>Everything below it goes.</summary>
    /// <param name="verb"><c>deletes</c>, <c>changes the owner of</c>.</param>
    public Danger? OfTree(string verb, ExpandedWord word, string? folder)
    {
        var why = word.Empty is { } empty ? $" ({empty} is or may be empty)" : "";
        if (Locate(word, folder) is not { } path)
        {
            return new Danger(
                $"It {verb} {word.Text} in a folder that is not known before it runs{why}.",
                DangerLevel.Grave
            );
        }

        if (IsBelowTemporary(path))
        {
            return null;
        }

        var isAll =
            path == home
            || WorkspacePaths.IsWithin(path, home)
            || WorkspacePaths.IsWithin(path, workspace.Root)
            || Path.GetDirectoryName(path) is null or "/";
        return isAll ? new Danger($"It {verb} everything below {path}{why}.", DangerLevel.Grave)
            : !WorkspacePaths.IsWithin(workspace.Root, path)
                ? new Danger($"It {verb} {path}, which is outside the workspace{why}.", DangerLevel.Grave)
            : path.EndsWith("/.git", StringComparison.Ordinal)
                ? new Danger(
                    $"It {verb} the repository {workspace.Display(path)} with its history{why}.",
                    DangerLevel.Grave
                )
            : Directory.Exists(path)
                ? new Danger($"It {verb} the folder {workspace.Display(path)}{why}.", DangerLevel.Notable)
            : null;
    }

    /// <summary>What the file holds goes.</summary>
    public Danger? OfFile(string verb, ExpandedWord word, string? folder)
    {
        if (Locate(word, folder) is not { } path)
        {
            return null;
        }

        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return IsDisk(path) ? new Danger($"It {verb} the device {path}.", DangerLevel.Grave) : null;
        }

        return !File.Exists(path) || IsBelowTemporary(path) ? null
            : WorkspacePaths.IsWithin(workspace.Root, path)
                ? new Danger($"It {verb} {workspace.Display(path)}.", DangerLevel.Notable)
            : new Danger($"It {verb} {path}, which is outside the workspace.", DangerLevel.Grave);
    }

    private bool IsBelowTemporary(string path) =>
        _temporary.Any(folder => path != folder && WorkspacePaths.IsWithin(folder, path))
        && !WorkspacePaths.IsWithin(path, workspace.Root)
        && !WorkspacePaths.IsWithin(workspace.Root, path);

    private static bool IsDisk(string path) =>
        path["/dev/".Length..] is var name
        && (
            name.StartsWith("sd", StringComparison.Ordinal)
            || name.StartsWith("hd", StringComparison.Ordinal)
            || name.StartsWith("vd", StringComparison.Ordinal)
            || name.StartsWith("nvme", StringComparison.Ordinal)
            || name.StartsWith("mmcblk", StringComparison.Ordinal)
            || name.StartsWith("disk", StringComparison.Ordinal)
            || name.StartsWith("rdisk", StringComparison.Ordinal)
            || name.StartsWith("mapper/", StringComparison.Ordinal)
            || name.StartsWith("dm-", StringComparison.Ordinal)
        );
}
