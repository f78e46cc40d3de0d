using System.Collections.Immutable;
using System.ComponentModel;
using Sage.Agent.ToolCalls;
using Sage.Tools.Editing.Patching;
using Sage.Tools.Schemas;

namespace Sage.Tools.Files.Patching;

internal sealed record ApplyPatchInput(
    [property: Description(
        """
            *** Begin Patch
            *** Update File: path
            *** Move to: new path (optional)
            @@ line above (optional)
             context
            -old
            +new
            *** Add File: path
            +text
            *** Delete File: path
            *** End Patch
            """
    )]
        string Patch
);

/// <summary>Changes, adds, deletes and moves several files by one patch: all of them or none.</summary>
internal sealed class ApplyPatchTool(FileRewriter rewriter)
    : Tool<ApplyPatchInput>(
        Name,
        "Change several files, all or none; context must be unique.",
        ToolInputJson.Default.ApplyPatchInput,
        TimeSpan.FromSeconds(60)
    )
{
    private const string Name = "apply_patch";

    protected override Preparation PrepareCall(ApplyPatchInput input, ToolContext context)
    {
        if (!PatchParser.TryParse(input.Patch, out var sections, out var error))
        {
            return new Preparation.Rejected(error);
        }

        if (!PatchedFiles.TryRead(sections, context.Workspace, out var patched, out error))
        {
            return new Preparation.Rejected($"{error} Nothing was changed.");
        }

        var names = patched.FullPaths.Select(context.Workspace.Display).ToImmutableArray();
        var more = names.Length > 1 ? $" and {names.Length - 1} more" : "";
        return rewriter.Prepare(
            $"Patch {names[0]}{more}",
            Name,
            patched.FullPaths,
            context,
            token => patched.PlanAsync(rewriter, context, token)
        );
    }
}
