using System.ComponentModel;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Files;
using Sage.Tools.Schemas;
using Sage.Tools.Walking;

namespace Sage.Tools.Search;

internal sealed record GlobInput(
    [property: Description("For example *.cs (at any depth) or src/**/*.{ts,tsx}.")] string Pattern,
    [property: Description("Folder to search; default the workspace root.")] string? Path = null
);

/// <summary>Finds files by name, the newest first.</summary>
internal sealed class GlobTool(WorkspacePaths paths)
    : Tool<GlobInput>(
        Name,
        "Find files by name pattern, newest first. What git ignores is left out.",
        ToolInputJson.Default.GlobInput,
        TimeSpan.FromSeconds(30)
    )
{
    private const string Name = "glob";
    private const int MostFiles = 200;

    protected override Preparation PrepareCall(GlobInput input, ToolContext context)
    {
        var (start, pattern) = Split(context.Workspace, input);
        if (!WorkspacePaths.TryAbsolute(context.Workspace, start, out var fullPath, out var error))
        {
            return new Preparation.Rejected(error);
        }

        if (pattern.Length == 0)
        {
            return new Preparation.Rejected("`pattern` is empty. For all files use **/*.");
        }

        return new Preparation.Accepted(
            new PreparedCall(
                $"Find {input.Pattern}",
                ResourceAccess.Read(fullPath),
                new PermissionKey(PermissionKind.Read, Name, input.Pattern),
                token => Task.FromResult(Run(fullPath, Glob.Parse(pattern), input.Pattern, context, token))
            )
        );
    }

    /// <summary>Models also write absolute patterns.</summary>
    private static (string Start, string Pattern) Split(Workspace workspace, GlobInput input)
    {
        var pattern = input.Pattern;
        if (
            input.Path is null
            && pattern.StartsWith(workspace.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
        {
            pattern = "./" + pattern[(workspace.Root.Length + 1)..];
        }

        return (input.Path ?? ".", pattern);
    }

    private ToolResult Run(
        string fullPath,
        Glob glob,
        string pattern,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        if (!SearchFolder.TryFind(paths, context.Workspace, fullPath, out var folder, out var refusal))
        {
            return refusal;
        }

        var scope = IgnoreScope.Of(folder, context.Workspace.Root);
        var found = WorkspaceWalk
            .Files(folder, scope, cancellationToken)
            .Where(entry => glob.IsMatch(RelativePath.Of(folder, entry.FullPath)))
            .OrderByDescending(static entry => entry.Changed)
            .ThenBy(static entry => entry.FullPath, StringComparer.Ordinal)
            .Select(entry => context.Workspace.Display(entry.FullPath))
            .ToList();
        var note =
            found.Count > MostFiles
                ? $"\n[The newest {MostFiles} of {found.Count} files; narrow the pattern to see others.]"
                : "";
        return ToolResult.Ok(
            found.Count == 0
                ? $"No file matches {pattern} in {context.Workspace.Display(fullPath)}/ (what git ignores is not searched)."
                : string.Join('\n', found.Take(MostFiles)) + note
        );
    }
}
