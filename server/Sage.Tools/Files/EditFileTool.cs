using System.Collections.Immutable;
using System.ComponentModel;
using Sage.Agent.ToolCalls;
using Sage.Tools.Editing;
using Sage.Tools.Schemas;

namespace Sage.Tools.Files;

internal sealed record EditFileInput(
    string Path,
    [property: Description("Applied in order, all or none.")] ImmutableArray<TextEdit> Edits
);

/// <summary>Replaces pieces of a file's text, each of which must mean exactly one place.</summary>
internal sealed class EditFileTool(FileRewriter rewriter)
    : Tool<EditFileInput>(
        Name,
        "Replace text in a file. Copy old_text from the file (without line numbers), with enough lines to be unique.",
        ToolInputJson.Default.EditFileInput,
        TimeSpan.FromSeconds(60)
    )
{
    private const string Name = "edit_file";

    protected override Preparation PrepareCall(EditFileInput input, ToolContext context) =>
        input.Edits.IsDefaultOrEmpty
            ? new Preparation.Rejected("`edits` is empty: give at least one edit.")
            : rewriter.Prepare(
                Name,
                "Edit",
                input.Path,
                context,
                (shown, content) =>
                    FileText.Rewrite(shown, content, context.Reads, text => EditScript.Apply(shown, text, input.Edits))
            );
}
