using System.Diagnostics.CodeAnalysis;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Files.Disk;

namespace Sage.Tools.Files.Changes;

/// <summary>Finds files that may be taken away from where they are: plain ones, on which nobody is working.</summary>
internal static class MovableFile
{
    /// <param name="files">Where to look.</param>
    /// <param name="workspace">The guard's root.</param>
    /// <param name="fullPath">From <see cref="WorkspacePaths.TryAbsolute"/>.</param>
    /// <param name="done">What would be done: <c>moved</c>.</param>
    /// <param name="file">The real file.</param>
    /// <param name="refusal">For the model.</param>
    public static bool TryFind(
        WorkspaceFiles files,
        Workspace workspace,
        string fullPath,
        string done,
        [NotNullWhen(true)] out FileInfo? file,
        [NotNullWhen(false)] out ToolResult? refusal
    )
    {
        file = null;
        if (!files.Paths.TryForWriting(workspace, fullPath, out var realPath, out refusal))
        {
            return false;
        }

        var problem = Problem(files, workspace, fullPath, realPath, done);
        refusal = problem is null ? null : ToolResult.Error(problem);
        file = problem is null ? DiskFile.LookAt(realPath) : null;
        return problem is null;
    }

    private static string? Problem(
        WorkspaceFiles files,
        Workspace workspace,
        string fullPath,
        string realPath,
        string done
    )
    {
        var shown = workspace.Display(fullPath);
        return new FileInfo(fullPath).LinkTarget is { } target
                ? $"{shown} is a symbolic link to {target}, and links cannot be {done} here. Name the file itself, or use a command."
            : Directory.Exists(realPath) ? $"{shown} is a folder; only files can be {done}."
            : files.FindDocument(fullPath, realPath) is { IsDirty: true }
                ? $"{shown} has unsaved changes in the editor, so it was not {done}. Ask the user to save or discard them first."
            : !File.Exists(realPath) ? ClosestNames.Missing(workspace, fullPath)
            : FileStatus.Of(realPath) is { IsRegular: false }
                ? $"{shown} is a pipe, a socket or a device and cannot be {done}."
            : null;
    }
}
