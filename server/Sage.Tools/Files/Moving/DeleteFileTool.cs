using Sage.Agent.ToolCalls;
using Sage.Tools.Files.Changes;
using Sage.Tools.Schemas;

namespace Sage.Tools.Files.Moving;

internal sealed record DeleteFileInput(string Path);

/// <summary>Deletes one file, which the user can have back.</summary>
internal sealed class DeleteFileTool(FileRewriter rewriter)
    : Tool<DeleteFileInput>(
        Name,
        "Delete a file. The user can undo it.",
        ToolInputJson.Default.DeleteFileInput,
        TimeSpan.FromSeconds(60)
    )
{
    private const string Name = "delete_file";

    protected override Preparation PrepareCall(DeleteFileInput input, ToolContext context)
    {
        if (!WorkspacePaths.TryAbsolute(context.Workspace, input.Path, out var fullPath, out var error))
        {
            return new Preparation.Rejected(error);
        }

        var shown = context.Workspace.Display(fullPath);
        return rewriter.Prepare(
            $"Delete {shown}",
            Name,
            [fullPath],
            context,
            token => DeleteChange.PlanAsync(rewriter.Files, context, fullPath, token)
        );
    }
}
