using System.Collections.Immutable;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Tools.Editing;
using Sage.Tools.Files.Disk;
using Sage.Tools.Text;

namespace Sage.Tools.Files.Changes;

/// <summary>Gives a file new text, through the editor or on disk; the file may be new.</summary>
internal sealed class RewriteChange(WorkspaceFiles files, Workspace workspace, string shown, RewritePlan plan)
    : FileChange
{
    private FileImage? _before;
    private NewFolders? _folders;
    private FileInfo? _written;

    public override string Shown => shown;

    public override ImmutableArray<string> RealPaths => [plan.RealPath];

    public override ImmutableArray<FileDiff> Previews =>
        [new FileDiff(workspace.Display(plan.RealPath), plan.Kind, plan.Diff!.ToHunks())];

    public override async Task KeepAsync(ImageKeeper images, CancellationToken cancellationToken) =>
        _before =
            plan.Kind != FileChangeKind.Created && plan.Codec.TryEncode(plan.OldText, out var bytes, out _)
                ? await images.KeepAsync(bytes, plan.Mode, cancellationToken)
                : null;

    public override async Task<bool> TryMakeAsync(CancellationToken cancellationToken)
    {
        if (plan.Target == RewriteTarget.Editor)
        {
            return await files.Documents.TryReplaceAsync(
                plan.Document!.FullPath,
                plan.Document.Version,
                plan.NewText,
                cancellationToken
            );
        }

        if (!plan.IsCurrent())
        {
            return false;
        }

        _folders = NewFolders.For(plan.RealPath);
        try
        {
            await AtomicFile.WriteAsync(plan.RealPath, plan.NewBytes!, cancellationToken);
        }
        catch
        {
            _folders.Remove();
            throw;
        }

        _written = DiskFile.LookAt(plan.RealPath);
        return true;
    }

    public override async Task PutBackAsync()
    {
        if (plan.Target == RewriteTarget.Editor)
        {
            await PutBackInEditorAsync();
            return;
        }

        if (!_written!.IsUntouched())
        {
            throw new IOException("it has changed since");
        }

        if (plan.Kind == FileChangeKind.Created)
        {
            RealFile.Delete(plan.RealPath);
            _folders!.Remove();
        }
        else if (plan.Codec.TryEncode(plan.OldText, out var bytes, out _))
        {
            await AtomicFile.WriteAsync(plan.RealPath, bytes, CancellationToken.None);
        }
    }

    private async Task PutBackInEditorAsync()
    {
        var path = plan.Document!.FullPath;
        if (
            files.Documents.Find(path) is not { } open
            || !await files.Documents.TryReplaceAsync(path, open.Version, plan.OldText, CancellationToken.None)
        )
        {
            throw new IOException("the editor refused it");
        }
    }

    public override async Task<ChangeReport> FinishAsync(
        ToolContext context,
        ImageKeeper images,
        CancellationToken cancellationToken
    )
    {
        var (final, diff, notes) = (plan.NewText, plan.Diff!, plan.Note);
        if (plan is { Target: RewriteTarget.Editor, Document.IsDirty: true })
        {
            notes +=
                " It has unsaved changes in the editor and stays unsaved: commands still see the old text on disk.";
        }
        else if (
            plan.Target == RewriteTarget.Editor
            && await files.LoadAsync(workspace, plan.RealPath, cancellationToken) is FileContent.Text saved
            && saved.Content.Text != final
        )
        {
            final = saved.Content.Text;
            diff = LineDiff.Between(TextLines.WithLf(plan.OldText), TextLines.WithLf(final));
            notes += " Saving it in the editor changed it further (format on save); the diff includes that.";
        }

        var notice = SeenText.RereadNotice(context.Reads, plan.RealPath, shown, plan.OldText, file: null);
        SeenText.Record(context.Reads, plan.RealPath, final);
        var hunks = diff.ToHunks();
        var verb = plan.Kind == FileChangeKind.Created ? "Created" : "Edited";
        var body = plan.Kind == FileChangeKind.Created || hunks.IsEmpty ? "" : "\n" + DiffText.Of(hunks);
        var after = plan.Codec.TryEncode(final, out var bytes, out _)
            ? await images.TryKeepAsync(bytes, plan.Mode)
            : null;
        return new ChangeReport(
            $"{verb} {shown} (+{diff.Added} -{diff.Removed}).{notes}{body}",
            [
                .. notice,
                new FileChanged(context.CallId, workspace.Display(plan.RealPath), plan.Kind, hunks, _before, after),
            ]
        );
    }
}
