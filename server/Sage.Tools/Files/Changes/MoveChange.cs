using System.Collections.Immutable;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Tools.Editing;
using Sage.Tools.Files.Disk;

namespace Sage.Tools.Files.Changes;

/// <summary>Moves a file of any kind, and may give it new text on the way.</summary>
internal sealed class MoveChange : FileChange
{
    private readonly Workspace _workspace;
    private readonly FileInfo _file;
    private readonly string _to;
    private readonly RewritePlan? _rewrite;
    private FileImage? _before;
    private NewFolders? _folders;

    private MoveChange(Workspace workspace, FileInfo file, string to, RewritePlan? rewrite) =>
        (_workspace, _file, _to, _rewrite) = (workspace, file, to, rewrite);

    public override string Shown => _workspace.Display(_file.FullName);

    public override ImmutableArray<string> RealPaths => [_file.FullName, _to];

    public override ImmutableArray<FileDiff> Previews =>
        [
            new FileDiff(Shown, FileChangeKind.Deleted, []),
            new FileDiff(_workspace.Display(_to), FileChangeKind.Created, Hunks),
        ];

    private ImmutableArray<Hunk> Hunks => _rewrite?.Diff!.ToHunks() ?? [];

    /// <param name="files">Where to look.</param>
    /// <param name="workspace">The guard's root.</param>
    /// <param name="from">From <see cref="WorkspacePaths.TryAbsolute"/>.</param>
    /// <param name="to">Likewise.</param>
    /// <param name="rewrite">What the text shall become; null to leave it.</param>
    public static async Task<ChangePlan> PlanAsync(
        WorkspaceFiles files,
        Workspace workspace,
        string from,
        string to,
        Func<FileContent, Rewriting>? rewrite,
        CancellationToken cancellationToken
    )
    {
        if (
            !MovableFile.TryFind(files, workspace, from, "moved", out var file, out var refusal)
            || !files.Paths.TryForWriting(workspace, to, out var target, out refusal)
        )
        {
            return ChangePlan.Failed(refusal);
        }

        if (TargetProblem(files, workspace, file, to, target) is { } problem)
        {
            return ChangePlan.Failed(problem);
        }

        if (rewrite is null)
        {
            return new ChangePlan([new MoveChange(workspace, file, target, rewrite: null)]);
        }

        var plan = await PlanTextAsync(files, workspace, from, file, rewrite, cancellationToken);
        return plan.Error is { } error
            ? ChangePlan.Failed(error)
            : new ChangePlan([new MoveChange(workspace, file, target, plan)]);
    }

    public override async Task KeepAsync(ImageKeeper images, CancellationToken cancellationToken) =>
        _before = await images.KeepAsync(_file, cancellationToken);

    public override async Task<bool> TryMakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_file.IsUntouched())
        {
            return false;
        }

        _folders = NewFolders.For(_to);
        try
        {
            _folders.Make();
            RealFile.Move(_file.FullName, _to);
        }
        catch
        {
            _folders.Remove();
            throw;
        }

        try
        {
            if (_rewrite is not null)
            {
                await AtomicFile.WriteAsync(_to, _rewrite.NewBytes!, cancellationToken);
            }

            return true;
        }
        catch
        {
            MoveBack();
            throw;
        }
    }

    public override async Task PutBackAsync()
    {
        if (_rewrite is not null && _rewrite.Codec.TryEncode(_rewrite.OldText, out var bytes, out _))
        {
            await AtomicFile.WriteAsync(_to, bytes, CancellationToken.None);
        }

        MoveBack();
    }

    public override async Task<ChangeReport> FinishAsync(
        ToolContext context,
        ImageKeeper images,
        CancellationToken cancellationToken
    )
    {
        var seen = context.Reads.Find(_file.FullName);
        context.Reads.Forget(_file.FullName);
        var after = _before;
        var (counts, notes) = ("", "");
        if (_rewrite is { } plan)
        {
            after = await images.TryKeepAsync(plan.NewBytes!, _before?.Mode);
            SeenText.Record(context.Reads, _to, plan.NewText);
            (counts, notes) = ($" (+{plan.Diff!.Added} -{plan.Diff.Removed})", $"{plan.Note}\n{DiffText.Of(Hunks)}");
        }
        else if (seen is not null)
        {
            context.Reads.Record(_to, seen);
        }

        var name = _workspace.Display(_to);
        return new ChangeReport(
            $"Moved {Shown} to {name}{counts}.{notes}",
            [
                new FileChanged(context.CallId, Shown, FileChangeKind.Deleted, [], _before),
                new FileChanged(context.CallId, name, FileChangeKind.Created, Hunks, null, after),
            ]
        );
    }

    private void MoveBack()
    {
        RealFile.Move(_to, _file.FullName);
        _folders!.Remove();
    }

    private static async Task<RewritePlan> PlanTextAsync(
        WorkspaceFiles files,
        Workspace workspace,
        string from,
        FileInfo file,
        Func<FileContent, Rewriting> rewrite,
        CancellationToken cancellationToken
    )
    {
        var shown = workspace.Display(from);
        // The editor follows a file that is moved on disk; its own buffer would stay behind.
        var content = await files.LoadAsync(workspace, from, cancellationToken) switch
        {
            FileContent.Text text => text with { Document = null },
            var other => other,
        };
        if (content is FileContent.Refused refused)
        {
            return RewritePlan.Failed(refused.Result);
        }

        var rewriting = rewrite(content);
        return rewriting.Error is { } error ? RewritePlan.Failed(ToolResult.Error(error))
            : file.IsReadOnly
                ? RewritePlan.Failed(ToolResult.Error($"{shown} is read-only. Ask the user, or change its mode first."))
            : RewritePlan.Of(shown, file.FullName, content, rewriting);
    }

    private static string? TargetProblem(
        WorkspaceFiles files,
        Workspace workspace,
        FileInfo file,
        string to,
        string target
    )
    {
        var name = workspace.Display(to);
        return target == file.FullName ? $"{name} is where the file already is."
            : Directory.Exists(target) ? $"{name} is a folder: give the whole new path, with the file's name."
            : files.FindDocument(to, target) is { IsDirty: true }
                ? $"{name} is open in the editor with unsaved text. Move to another name, or ask the user."
            : new FileInfo(to).LinkTarget is not null || File.Exists(target) && !IsOtherCase(file.FullName, target)
                ? $"{name} exists already, and a move never replaces a file. Move to another name, or delete it first."
            : null;
    }

    /// <summary>True when both names are one file to the file system, which takes upper and lower case for the same.</summary>
    private static bool IsOtherCase(string path, string target) =>
        path.Equals(target, StringComparison.OrdinalIgnoreCase)
        && !Directory.EnumerateFiles(Path.GetDirectoryName(target)!).Contains(target, StringComparer.Ordinal);
}
