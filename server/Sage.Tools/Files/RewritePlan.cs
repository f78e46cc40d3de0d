using Sage.Agent.Extensions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Editing;
using Sage.Tools.Files.Disk;
using Sage.Tools.Text;

namespace Sage.Tools.Files;

/// <summary>Where a change is made.</summary>
internal enum RewriteTarget
{
    Disk,
    Editor,
}

/// <summary>A change that is worked out: what is written where, or why it cannot be.</summary>
internal sealed record RewritePlan
{
    private RewritePlan(string realPath) => RealPath = realPath;

    public string RealPath { get; }

    public ToolResult? Error { get; private init; }

    public RewriteTarget Target { get; private init; }

    public EditorDocument? Document { get; private init; }

    public FileChangeKind Kind { get; private init; }

    public string OldText { get; private init; } = "";

    /// <summary>With the file's own line endings.</summary>
    public string NewText { get; private init; } = "";

    public byte[]? NewBytes { get; private init; }

    /// <summary>How what was there is encoded.</summary>
    public TextCodec Codec { get; private init; } = Utf8Codec.Plain;

    /// <summary>Unix permission bits of the file, where there are any.</summary>
    public int? Mode => File?.ModeBits();

    public LineDiff? Diff { get; private init; }

    public string Note { get; private init; } = "";

    private FileInfo? File { get; init; }

    public static RewritePlan Failed(ToolResult error) => new("") { Error = error };

    public static RewritePlan Of(string shown, string realPath, FileContent content, Rewriting rewriting)
    {
        var text = content as FileContent.Text;
        var old = text?.Content ?? new TextFile("", Utf8Codec.Plain);
        var diff = LineDiff.Between(TextLines.WithLf(old.Text), TextLines.WithLf(rewriting.NewText));
        var created = text is null;
        var newText = created ? rewriting.NewText : LineEndingKeeper.Restore(old.Text, diff);
        var document = text?.Document;
        var (target, objection) = document is null ? (RewriteTarget.Disk, null) : TargetOf(shown, text!, document);
        byte[]? bytes = null;
        if (
            objection is null
            && target == RewriteTarget.Disk
            && !old.Codec.TryEncode(newText, out bytes, out var unknown)
        )
        {
            objection =
                $"{shown} is encoded in {old.Codec.Name}, which cannot write {unknown}. Use other characters, or ask the user to convert the file to UTF-8.";
        }

        return objection is not null
            ? Failed(ToolResult.Error(objection))
            : new RewritePlan(realPath)
            {
                Target = target,
                Document = document,
                Kind = created ? FileChangeKind.Created : FileChangeKind.Modified,
                OldText = old.Text,
                NewText = newText,
                NewBytes = bytes,
                Codec = old.Codec,
                Diff = diff,
                Note = rewriting.Note,
                File = text?.File ?? DiskFile.LookAt(realPath),
            };
    }

    /// <summary>False when the file on disk is not the one this was worked out for.</summary>
    public bool IsCurrent() => File!.Exists == (Kind == FileChangeKind.Modified) && File.IsUntouched();

    // A buffer holds one kind of line ending and only what the editor could decode; such files change on disk, where
    // every byte is known, and the editor reloads a clean document by itself.
    private static (RewriteTarget Target, string? Objection) TargetOf(
        string shown,
        FileContent.Text text,
        EditorDocument document
    )
    {
        if (!document.IsDirty)
        {
            return text.Content.Text == document.Text ? (RewriteTarget.Editor, null) : (RewriteTarget.Disk, null);
        }

        var reason =
            !text.File.Exists || text.File.Length is 0 or > WorkspaceFiles.LargestEdited ? null
            : TextFile.Decode(RealFile.ReadAllBytes(text.File.FullName)) is var disk
            && TextLines.AreMixed(TextLines.Split(disk.Text))
                ? "its line endings on disk are mixed"
            : !disk.Codec.IsUnicode && document.Text.AsSpan().ContainsAny('\uFFFD', '\0')
                ? $"the editor did not decode its encoding ({disk.Codec.Name})"
            : null;
        return reason is null
            ? (RewriteTarget.Editor, null)
            : (
                RewriteTarget.Editor,
                $"{shown} has unsaved changes in the editor, and {reason}: an edit there would damage the file. Ask the user to save or discard the changes first."
            );
    }
}
