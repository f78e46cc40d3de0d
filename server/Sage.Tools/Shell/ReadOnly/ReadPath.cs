using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Files;

namespace Sage.Tools.Shell.ReadOnly;

/// <summary>Something on disk that a command reads.</summary>
/// <param name="FullPath">Absolute and normalised; the folder when there is a pattern. It need not exist.</param>
/// <param name="Pattern">Which names in the folder are meant; null when it is the path itself.</param>
internal sealed record ReadPath(string FullPath, string? Pattern = null)
{
    /// <summary>It must not be a folder: the command would follow links in it.</summary>
    public bool FileOnly { get; init; }

    /// <summary>If it is a folder, what is in it is read too.</summary>
    public bool ReadsBelow { get; init; }

    /// <summary>The path that an argument means; null when it leads out of the folders, or to what looks secret.</summary>
    /// <param name="argument">As it stands in the command.</param>
    /// <param name="folder">Where the command runs.</param>
    /// <param name="readable">The folders that may be read.</param>
    public static ReadPath? TryFind(Argument argument, string folder, ReadOnlySpan<string> readable)
    {
        // A folder that a link leads to has another parent.
        if (argument.Text.Contains('\0') || argument.Text.Split('/').Contains(".."))
        {
            return null;
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(argument.Text, folder));
        var name = Path.GetFileName(path);
        var isPattern = argument.Kind == ArgumentKind.Pattern;
        path = isPattern ? Path.GetDirectoryName(path)! : path;
        foreach (var root in readable)
        {
            if (WorkspacePaths.IsWithin(root, path))
            {
                return isPattern ? new ReadPath(path, name)
                    : DelicateFiles.LooksSecret(name) ? null
                    : new ReadPath(path);
            }
        }

        return null;
    }

    /// <summary>Why it cannot be read after all, now that links can be followed; null when it can.</summary>
    public ToolResult? FindRefusal(WorkspacePaths paths, Workspace workspace)
    {
        if (!paths.TryForReading(workspace, FullPath, out var realPath, out var refusal))
        {
            return refusal;
        }

        return Pattern is not null ? FindRefusalOfMatch(paths, workspace, realPath)
            : FileOnly && Directory.Exists(realPath)
                ? ToolResult.Error(
                    $"{workspace.Display(FullPath)} is a folder: only files are compared without asking. `diff -r` asks the user."
                )
            : ReadsBelow && Directory.Exists(realPath) ? FindRefusalBelow(paths, workspace, realPath)
            : null;
    }

    // Links are not followed by what has no option for it.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private static ToolResult? FindRefusalBelow(WorkspacePaths paths, Workspace workspace, string realFolder)
    {
        var hidden = paths.HiddenIn(workspace);
        var found = hidden.HasRules
            ? Directory
                .EnumerateFiles(realFolder, "*", Everything)
                .FirstOrDefault(path => hidden.WhyRuled(path) is not null)
            : null;
        return found is null
            ? null
            : ToolResult.Error(
                $"It would read {workspace.Display(found)}, which {hidden.WhyRuled(found)}. "
                    + "The tool grep leaves such files out."
            );
    }

    private ToolResult? FindRefusalOfMatch(WorkspacePaths paths, Workspace workspace, string realFolder)
    {
        var hidden = paths.HiddenIn(workspace);
        foreach (var entry in Entries(realFolder))
        {
            if (!Wildcard.IsNameMatch(Pattern, entry.Name) || entry.Name.StartsWith('.') && !Pattern!.StartsWith('.'))
            {
                continue;
            }

            if (hidden.WhyHidden(entry.FullName) is { } why)
            {
                return ToolResult.Error(
                    $"{workspace.Display(Path.Join(FullPath, Pattern))} matches {workspace.Display(entry.FullName)}, which {why}. Name the files."
                );
            }

            if (entry.LinkTarget is not null && !paths.TryForReading(workspace, entry.FullName, out _, out var refusal))
            {
                return refusal;
            }
        }

        return null;
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The command will find the same.
            return [];
        }
    }
}
