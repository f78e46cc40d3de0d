using System.Collections.Immutable;
using System.ComponentModel;
using Sage.Agent.ToolCalls;
using Sage.Tools.Editing;
using Sage.Tools.Schemas;
using Sage.Tools.Text;

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
                (shown, content) => Apply(shown, content, input.Edits, context.Reads)
            );

    private static Rewriting Apply(string shown, FileContent content, ImmutableArray<TextEdit> edits, ReadTracker reads)
    {
        switch (content)
        {
            case FileContent.Text text:
                var outcome = EditScript.Apply(shown, TextLines.WithLf(text.Content.Text), edits);
                var stale =
                    reads.Find(text.RealPath) is { } seen && !TextVersion.IsCurrent(seen, text.Content.Text, text.File);
                return outcome.Error is null
                    ? new Rewriting(outcome.Text, Note: NoteOn(outcome.Loosest) + (stale ? StaleNote : ""))
                    : Rewriting.Failed(outcome.Error + (stale ? StaleNote : ""));
            case FileContent.Missing missing:
                return Rewriting.Failed(missing.Explain());
            case FileContent.Large large:
                return Rewriting.Failed(
                    $"{shown} is {FileSize.Text(large.File.Length)}; files over {FileSize.Text(WorkspaceFiles.LargestText)} cannot be edited here."
                );
            default:
                return Rewriting.Failed($"{shown} is not a text file.");
        }
    }

    private const string StaleNote = " The file had changed since you read it.";

    private static string NoteOn(MatchLevel loosest) =>
        loosest switch
        {
            MatchLevel.TrailingWhitespace => " It matched when spaces at line ends were ignored.",
            MatchLevel.Indentation => " It matched at another indentation, and new_text was indented like the file.",
            MatchLevel.Typography => " It matched when typographic quotes, dashes and spaces were taken as plain ones.",
            _ => "",
        };
}
