using System.Collections.Immutable;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Tools.Editing;
using Sage.Tools.Files.Disk;
using Sage.Tools.Text;

namespace Sage.Tools.Files.Changes;

/// <summary>Deletes a file of any kind.</summary>
internal sealed class DeleteChange : FileChange
{
    private readonly Workspace _workspace;
    private readonly FileInfo _file;
    private readonly ImmutableArray<Hunk> _hunks;
    private FileImage? _before;
    private AsideFile? _aside;

    private DeleteChange(Workspace workspace, string shown, FileInfo file, ImmutableArray<Hunk> hunks) =>
        (_workspace, Shown, _file, _hunks) = (workspace, shown, file, hunks);

    public override string Shown { get; }

    public override ImmutableArray<string> RealPaths => [_file.FullName];

    public override ImmutableArray<FileDiff> Previews =>
        [new FileDiff(_workspace.Display(_file.FullName), FileChangeKind.Deleted, _hunks)];

    /// <param name="fullPath">From <see cref="WorkspacePaths.TryAbsolute"/>.</param>
    public static async Task<ChangePlan> PlanAsync(
        WorkspaceFiles files,
        ToolContext context,
        string fullPath,
        CancellationToken cancellationToken
    )
    {
        var shown = context.Workspace.Display(fullPath);
        if (!MovableFile.TryFind(files, context.Workspace, fullPath, "deleted", out var file, out var refusal))
        {
            return ChangePlan.Failed(refusal);
        }

        if (file.IsReadOnly)
        {
            return ChangePlan.Failed($"{shown} is read-only. Ask the user, or change its mode first.");
        }

        if (
            await files.LoadAsync(context.Workspace, fullPath, cancellationToken) is not FileContent.Text text
            || file.Length == 0
        )
        {
            return new ChangePlan([new DeleteChange(context.Workspace, shown, file, [])]);
        }

        if (SeenText.IsStale(context.Reads, file.FullName, text.Content.Text, file))
        {
            var changes = SeenText.ChangesSince(context.Reads, file.FullName, text.Content.Text);
            return ChangePlan.Failed(
                $"{shown} has changed since you read it{changes}. Read it again before deleting it."
            );
        }

        var diff = LineDiff.Between(TextLines.WithLf(text.Content.Text), "");
        return new ChangePlan([new DeleteChange(context.Workspace, shown, file, HunksOf(diff))]);
    }

    public override async Task KeepAsync(ImageKeeper images, CancellationToken cancellationToken) =>
        _before = await images.KeepAsync(_file, cancellationToken);

    public override Task<bool> TryMakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isCurrent = _file.IsUntouched();
        _aside = isCurrent ? AsideFile.Put(_file.FullName) : null;
        return Task.FromResult(isCurrent);
    }

    public override Task PutBackAsync()
    {
        _aside!.PutBack();
        return Task.CompletedTask;
    }

    public override Task<ChangeReport> FinishAsync(
        ToolContext context,
        ImageKeeper images,
        CancellationToken cancellationToken
    )
    {
        _aside!.Delete();
        context.Reads.Forget(_file.FullName);
        var note = _before is null ? " It was too large to be kept: it cannot be had back." : "";
        return Task.FromResult(
            new ChangeReport(
                $"Deleted {Shown}.{note}",
                [
                    new FileChanged(
                        context.CallId,
                        _workspace.Display(_file.FullName),
                        FileChangeKind.Deleted,
                        _hunks,
                        _before
                    ),
                ]
            )
        );
    }

    // What nobody would read is not worth its place in the journal.
    private static ImmutableArray<Hunk> HunksOf(LineDiff diff)
    {
        const int mostLinesShown = 2_000;
        return diff.Removed <= mostLinesShown ? diff.ToHunks() : [];
    }
}
