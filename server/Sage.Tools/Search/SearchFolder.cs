using System.Diagnostics.CodeAnalysis;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Files;

namespace Sage.Tools.Search;

/// <summary>Finds the real folder a search starts in.</summary>
internal static class SearchFolder
{
    public static bool TryFind(
        WorkspacePaths paths,
        Workspace workspace,
        string fullPath,
        out string folder,
        [NotNullWhen(false)] out ToolResult? refusal
    )
    {
        if (paths.TryForReading(workspace, fullPath, out folder, out refusal) && !Directory.Exists(folder))
        {
            refusal = ToolResult.Error(
                File.Exists(folder)
                    ? $"{workspace.Display(fullPath)} is a file, not a folder."
                    : ClosestNames.Missing(workspace, fullPath)
            );
        }

        return refusal is null;
    }
}
