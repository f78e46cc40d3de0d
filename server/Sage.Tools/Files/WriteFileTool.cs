using System.ComponentModel;
using Sage.Agent.ToolCalls;
using Sage.Tools.Editing;
using Sage.Tools.Schemas;
using Sage.Tools.Text;

namespace Sage.Tools.Files;

internal sealed record WriteFileInput(string Path, [property: Description("The whole file.")] string Content);

/// <summary>Creates a file, or replaces all of one that the model has read.</summary>
internal sealed class WriteFileTool(FileRewriter rewriter)
    : Tool<WriteFileInput>(
        Name,
        "Create a file with its folders, or replace all of a file you have read. Prefer edit_file for changes.",
        ToolInputJson.Default.WriteFileInput,
        TimeSpan.FromSeconds(60)
    )
{
    private const string Name = "write_file";

    protected override Preparation PrepareCall(WriteFileInput input, ToolContext context) =>
        rewriter.Prepare(
            Name,
            "Write",
            input.Path,
            context,
            (shown, content) => Replace(shown, content, input.Content, context.Reads)
        );

    private static Rewriting Replace(string shown, FileContent content, string newText, ReadTracker reads)
    {
        var text = content as FileContent.Text;
        if (OmissionMark.FindNew(newText, text?.Content.Text) is { } mark)
        {
            return Rewriting.Failed(
                $"The content holds the placeholder “{mark}” instead of text. write_file writes exactly what it is given: give all of it, or use edit_file."
            );
        }

        return content switch
        {
            FileContent.Missing => new Rewriting(newText),
            FileContent.Text { Content.Text: "" } => new Rewriting(newText),
            FileContent.Text existing when Objection(shown, existing, newText, reads) is { } objection =>
                Rewriting.Failed(objection),
            FileContent.Text => new Rewriting(newText),
            _ => Rewriting.Failed($"{shown} exists and is not a text file that tools can replace."),
        };
    }

    private static string? Objection(string shown, FileContent.Text existing, string newText, ReadTracker reads) =>
        reads.Find(existing.RealPath) is not { } seen
            ? $"{shown} exists and you have not read it. Read it first, so that nothing is lost, or use edit_file."
        : !TextVersion.IsCurrent(seen, existing.Content.Text, existing.File)
            ? $"{shown} has changed since you read it{SeenText.ChangesSince(reads, existing.RealPath, existing.Content.Text)}. Read it again before replacing it."
        : TextLines.WithLf(existing.Content.Text) == TextLines.WithLf(newText)
            ? $"{shown} already has exactly this content."
        : null;
}
