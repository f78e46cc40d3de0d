using System.Diagnostics.CodeAnalysis;
using Sage.Agent.Extensions;
using Sage.Agent.Skills;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;

namespace Sage.Tools.Files;

/// <summary>The one guard between paths that models write and the file system: what is outside the workspace stays untouched.</summary>
public sealed class WorkspacePaths(ISpillFiles spill, ISkills skills, IPermissionRules rules)
{
    /// <summary>What must not be read along with other files.</summary>
    public HiddenFiles HiddenIn(Workspace workspace) => new(workspace, rules.Read(workspace));

    /// <summary>
    /// The absolute path a model means, without looking at the disk: relative to the root, <c>~</c>, <c>file://</c>.
    /// For conflicts and titles; open only what <see cref="TryForReading"/> or <see cref="TryForWriting"/> gave.
    /// </summary>
    public static bool TryAbsolute(
        Workspace workspace,
        string path,
        out string fullPath,
        [NotNullWhen(false)] out string? error
    )
    {
        fullPath = workspace.Root;
        error = path switch
        {
            "" => "The path is empty.",
            _ when path.Contains('\0') => "The path holds a NUL character.",
            _ => null,
        };
        if (error is null)
        {
            var full = Path.GetFullPath(Local(path), workspace.Root);
            fullPath = full.Length > Path.GetPathRoot(full)!.Length ? Path.TrimEndingDirectorySeparator(full) : full;
        }

        return error is null;
    }

    /// <summary>The real file or folder behind a path, if tools may read it. Ask right before opening.</summary>
    /// <param name="fullPath">From <see cref="TryAbsolute"/>.</param>
    public bool TryForReading(
        Workspace workspace,
        string fullPath,
        out string realPath,
        [NotNullWhen(false)] out ToolResult? refusal
    )
    {
        refusal = null;
        if (!RealPath.TryResolve(workspace.Root, fullPath, out realPath))
        {
            refusal = TooManyLinks(workspace, fullPath);
        }
        else if (!IsWithin(workspace.Root, realPath) && !IsReadableElsewhere(realPath))
        {
            refusal = Outside(workspace, fullPath, realPath);
        }

        return refusal is null;
    }

    // Long outputs, and skills that are not the workspace's, which the model is told to read.
    private bool IsReadableElsewhere(string realPath) =>
        IsWithin(RealPath.Resolve(spill.Root), realPath)
        || skills.OutsideFolders().Any(folder => IsWithin(folder, realPath));

    /// <summary>The real file behind a path, if tools may write it. Ask right before writing.</summary>
    /// <param name="fullPath">From <see cref="TryAbsolute"/>.</param>
    public bool TryForWriting(
        Workspace workspace,
        string fullPath,
        out string realPath,
        [NotNullWhen(false)] out ToolResult? refusal
    )
    {
        refusal = null;
        if (!RealPath.TryResolve(workspace.Root, fullPath, out realPath))
        {
            refusal = TooManyLinks(workspace, fullPath);
        }
        else if (!IsWithin(workspace.Root, realPath))
        {
            refusal = Outside(workspace, fullPath, realPath);
        }
        else if ((ProtectedPart(workspace, fullPath) ?? ProtectedPart(workspace, realPath)) is { } part)
        {
            refusal = ToolResult.Error(
                $"{workspace.Display(fullPath)} cannot be written by tools: {part} is protected. Ask the user to change it."
            );
        }

        return refusal is null;
    }

    /// <summary>True when the path is the folder or lies below it.</summary>
    public static bool IsWithin(string folder, string path) =>
        path.StartsWith(folder, PathComparison)
        && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || IsSeparator(path[folder.Length]));

    internal static StringComparison PathComparison { get; } =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private string? ProtectedPart(Workspace workspace, string path)
    {
        var parts = workspace.Display(path).Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            // Ignoring case costs nothing and holds on every file system.
            if (parts[i].Equals(".git", StringComparison.OrdinalIgnoreCase))
            {
                return "what is inside .git";
            }

            if (
                parts[i].Equals(".sage", StringComparison.OrdinalIgnoreCase)
                && parts.ElementAtOrDefault(i + 1)?.Equals("settings.json", StringComparison.OrdinalIgnoreCase) == true
            )
            {
                return "Sage's settings file";
            }
        }

        return IsWithin(spill.Root, path) || IsWithin(RealPath.Resolve(spill.Root), path)
            ? "Sage's folder of long outputs"
            : null;
    }

    private static string Local(string path)
    {
        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && TryLocal(path, out var local))
        {
            return local;
        }

        return path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;
    }

    private static bool TryLocal(string uri, out string path)
    {
        path = "";
        try
        {
            if (Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile)
            {
                path = parsed.LocalPath;
            }
        }
        catch (IndexOutOfRangeException)
        {
            // The runtime's own parser, on `file://` and a mark that has no width.
        }

        return path.Length > 0;
    }

    private static ToolResult Outside(Workspace workspace, string fullPath, string realPath)
    {
        var behind = fullPath == realPath ? "" : $" (it leads to {realPath})";
        var meant = MeantFromRoot(workspace, fullPath) is { } inside ? $" Did you mean {inside}?" : "";
        return ToolResult.Error(
            $"{workspace.Display(fullPath)}{behind} is outside the workspace {workspace.Root}; tools may only touch files inside it.{meant}"
        );
    }

    // Models write /src/app.ts for src/app.ts.
    private static string? MeantFromRoot(Workspace workspace, string fullPath)
    {
        var relative = fullPath[Path.GetPathRoot(fullPath)!.Length..];
        return relative.Length > 0 && Path.Exists(Path.Combine(workspace.Root, relative))
            ? relative.Replace(Path.DirectorySeparatorChar, '/')
            : null;
    }

    private static ToolResult TooManyLinks(Workspace workspace, string fullPath) =>
        ToolResult.Error($"{workspace.Display(fullPath)} leads through a circle of symbolic links.");

    private static bool IsSeparator(char c) => c == Path.DirectorySeparatorChar || c == Path.AltDirectorySeparatorChar;
}
