using System.ComponentModel;
using Sage.Agent.ToolCalls;
using Sage.Tools.Files.Changes;
using Sage.Tools.Schemas;

namespace Sage.Tools.Files.Moving;

internal sealed record MoveFileInput(string From, [property: Description("Must not exist.")] string To);

/// <summary>Moves or renames one file, and never replaces another.</summary>
internal sealed class MoveFileTool(FileRewriter rewriter)
    : Tool<MoveFileInput>(Name, "Move or rename a file.", ToolInputJson.Default.MoveFileInput, TimeSpan.FromSeconds(60))
{
    private const string Name = "move_file";

    protected override Preparation PrepareCall(MoveFileInput input, ToolContext context)
    {
        if (
            !WorkspacePaths.TryAbsolute(context.Workspace, input.From, out var from, out var error)
            || !WorkspacePaths.TryAbsolute(context.Workspace, input.To, out var to, out error)
        )
        {
            return new Preparation.Rejected(error);
        }

        var (shown, target) = (context.Workspace.Display(from), context.Workspace.Display(to));
        return rewriter.Prepare(
            $"Move {shown} to {target}",
            Name,
            [from, to],
            context,
            token => MoveChange.PlanAsync(rewriter.Files, context.Workspace, from, to, rewrite: null, token)
        );
    }
}
