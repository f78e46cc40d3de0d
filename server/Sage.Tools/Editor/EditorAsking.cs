using System.Diagnostics.CodeAnalysis;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Files;

namespace Sage.Tools.Editor;

/// <summary>
/// Makes calls that only ask the editor. They read all of the workspace: what a language server answers depends on every file that
/// is being written.
/// </summary>
internal sealed class EditorAsking(IEditorKnowledge editor, WorkspaceFiles files)
{
    public IEditorKnowledge Editor => editor;

    /// <summary>A question about one file, which the model must be allowed to read.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="title">The file, as people see it → one line for people.</param>
    /// <param name="path">As the model wrote it.</param>
    /// <param name="context">The call.</param>
    /// <param name="ask">The real path → the result.</param>
    public Preparation OfFile(
        string tool,
        Func<string, string> title,
        string path,
        ToolContext context,
        Func<string, CancellationToken, Task<ToolResult>> ask
    )
    {
        var workspace = context.Workspace;
        if (!WorkspacePaths.TryAbsolute(workspace, path, out var fullPath, out var error))
        {
            return new Preparation.Rejected(error);
        }

        var shown = workspace.Display(fullPath);
        return new Preparation.Accepted(
            new PreparedCall(
                title(shown),
                ResourceAccess.Read(workspace.Root, fullPath),
                // What rules say of reading the file holds for this, too.
                PermissionKey.OfPaths(PermissionKind.Read, tool, shown) with
                {
                    Reads = [shown],
                },
                token =>
                    TryFind(workspace, fullPath, out var realPath, out var refusal)
                        ? AnsweredAsync(() => ask(realPath, token))
                        : Task.FromResult(refusal)
            )
            {
                PreflightAsync = _ =>
                    Task.FromResult(Preflight.None with { Danger = DelicateFiles.ToRead(workspace, fullPath) }),
            }
        );
    }

    /// <summary>A question about all of the workspace.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="title">One line for people.</param>
    /// <param name="context">The call.</param>
    /// <param name="ask">Gives the result.</param>
    public static Preparation OfWorkspace(
        string tool,
        string title,
        ToolContext context,
        Func<CancellationToken, Task<ToolResult>> ask
    ) =>
        new Preparation.Accepted(
            new PreparedCall(
                title,
                ResourceAccess.Read(context.Workspace.Root),
                new PermissionKey(PermissionKind.Read, tool),
                token => AnsweredAsync(() => ask(token))
            )
        );

    /// <summary>The file behind a path, if it is there and may be read.</summary>
    public bool TryFind(
        Workspace workspace,
        string fullPath,
        out string realPath,
        [NotNullWhen(false)] out ToolResult? refusal
    )
    {
        if (files.Paths.TryForReading(workspace, fullPath, out realPath, out refusal))
        {
            refusal =
                Directory.Exists(realPath)
                    ? ToolResult.Error($"{workspace.Display(fullPath)} is a folder: name a file.")
                : File.Exists(realPath) || files.FindDocument(fullPath, realPath) is not null ? null
                : ToolResult.Error(ClosestNames.Missing(workspace, fullPath));
        }

        return refusal is null;
    }

    /// <summary>Files whose lines are not shown along with others.</summary>
    public HiddenFiles HiddenIn(Workspace workspace) => files.Paths.HiddenIn(workspace);

    private static async Task<ToolResult> AnsweredAsync(Func<Task<ToolResult>> ask)
    {
        try
        {
            return await ask();
        }
        catch (EditorSilentException silence)
        {
            return ToolResult.Error(silence.Message);
        }
    }
}
