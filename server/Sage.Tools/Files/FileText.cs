using Sage.Agent.ToolCalls;
using Sage.Tools.Editing;
using Sage.Tools.Text;

namespace Sage.Tools.Files;

/// <summary>Rewrites the text of files that exist, and tells the model what it should know of it.</summary>
internal static class FileText
{
    /// <param name="shown">The file, as messages name it.</param>
    /// <param name="content">What is there.</param>
    /// <param name="reads">What the model has seen.</param>
    /// <param name="edit">Text with LF → what shall be there.</param>
    public static Rewriting Rewrite(
        string shown,
        FileContent content,
        ReadTracker reads,
        Func<string, EditOutcome> edit
    )
    {
        switch (content)
        {
            case FileContent.Text text:
                var outcome = edit(TextLines.WithLf(text.Content.Text));
                var stale = SeenText.StaleNote(reads, text.RealPath, text.Content.Text, text.File);
                return outcome.Error is null
                    ? new Rewriting(outcome.Text, Note: MatchNote.On(outcome.Loosest) + stale)
                    : Rewriting.Failed(outcome.Error + stale);
            case FileContent.Missing missing:
                return Rewriting.Failed(missing.Explain());
            case FileContent.Large large:
                return Rewriting.Failed(
                    $"{shown} is {FileSize.Text(large.File.Length)}; files over {FileSize.Text(WorkspaceFiles.LargestEdited)} cannot be edited here."
                );
            default:
                return Rewriting.Failed($"{shown} is not a text file.");
        }
    }
}
