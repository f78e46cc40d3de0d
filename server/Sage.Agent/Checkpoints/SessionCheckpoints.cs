using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Checkpoints;
using Sage.Protocol.Events;

namespace Sage.Agent.Checkpoints;

/// <summary>
/// Reviewing and taking back what Sage did to files in one session. One thing at a time; a turn goes on beside the review of
/// hunks.
/// </summary>
public sealed class SessionCheckpoints : IDisposable
{
    private readonly string _sessionId;
    private readonly Workspace _workspace;
    private readonly SessionRecorder _recorder;
    private readonly ICheckpointFiles _files;
    private readonly WorkspaceLocks _locks;
    private readonly SemaphoreSlim _turnstile = new(1, 1);

    internal SessionCheckpoints(
        string sessionId,
        Workspace workspace,
        SessionRecorder recorder,
        ICheckpointFiles files,
        WorkspaceLocks locks
    ) => (_sessionId, _workspace, _recorder, _files, _locks) = (sessionId, workspace, recorder, files, locks);

    private ChangeLog Changes => _recorder.Changes;

    /// <summary>What is to be reviewed.</summary>
    public async Task<ListHunksResult> ListHunksAsync(CancellationToken cancellationToken)
    {
        var pending = ImmutableArray.CreateBuilder<PendingFile>();
        foreach (var file in Changes.Files.Where(file => file.MayBePending))
        {
            if (await _files.FindPendingAsync(Scope(file), cancellationToken) is { } found)
            {
                pending.Add(found);
            }
        }

        return new ListHunksResult(pending.ToImmutable());
    }

    /// <summary>A file without what is to be reviewed.</summary>
    public async Task<ReadOriginalResult> ReadOriginalAsync(string path, CancellationToken cancellationToken) =>
        new(
            Changes.Find(path) is { MayBePending: true } file
                ? await _files.ReadOriginalAsync(Scope(file), cancellationToken)
                : null
        );

    /// <summary>What is named stays.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.StaleHunk"/></exception>
    public Task<Done> KeepAsync(KeepHunksParams request, CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                var selection = SelectionOf(request.HunkId, request.TurnId);
                var kept = ImmutableArray.CreateBuilder<KeptFile>();
                foreach (var file in PendingIn(request.Path))
                {
                    if (await _files.KeepAsync(Scope(file), selection, cancellationToken) is { } reviewed)
                    {
                        kept.Add(reviewed);
                    }
                }

                if (kept.Count > 0)
                {
                    await _recorder.RecordAsync(new HunksKept(kept.ToImmutable()), cancellationToken);
                }
                else if (request.HunkId is not null)
                {
                    throw Stale();
                }

                return Done.Value;
            },
            cancellationToken
        );

    /// <summary>What is named is taken back.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.StaleHunk"/></exception>
    public Task<RestoreResult> UndoAsync(UndoHunksParams request, CancellationToken cancellationToken) =>
        AloneAsync(
            async () =>
            {
                var result = await RestoreAsync(
                    PendingIn(request.Path).Select(file => (file, ToUndo(file, request))),
                    new FilesRestored("", RestoreKind.Undone, [], request.TurnId, Reason: Trimmed(request.Reason)),
                    request.Overwrite,
                    cancellationToken
                );
                return request.HunkId is null || result.RestoreId is not null || !result.Left.IsEmpty
                    ? result
                    : throw Stale();
            },
            cancellationToken
        );

    /// <summary>The points that files can be taken back to.</summary>
    public ListCheckpointsResult List()
    {
        var changes = Changes;
        var perTurn = changes
            .Files.SelectMany(file => file.Steps.Select(step => step.TurnId).Distinct())
            .CountBy(turn => turn)
            .ToDictionary();
        return new ListCheckpointsResult(
            [
                .. changes.Turns.Select(turn => new Checkpoint(
                    turn.TurnId,
                    turn.Prompt,
                    perTurn.GetValueOrDefault(turn.TurnId)
                )),
            ],
            changes.Redoable
        );
    }

    /// <summary>What going back would do.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownCheckpoint"/></exception>
    public async Task<PreviewRestoreResult> PreviewAsync(string turnId, CancellationToken cancellationToken)
    {
        var previews = ImmutableArray.CreateBuilder<RestorableFile>();
        foreach (var (file, selection) in Since(turnId))
        {
            if (await _files.PreviewAsync(Scope(file), selection, cancellationToken) is { } preview)
            {
                previews.Add(preview);
            }
        }

        return new PreviewRestoreResult(previews.ToImmutable());
    }

    /// <summary>Takes files back to before a turn. No turn of this session may run.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownCheckpoint"/></exception>
    internal Task<RestoreResult> RestoreAsync(RestoreParams request, CancellationToken cancellationToken) =>
        AloneAsync(
            () =>
                RestoreAsync(
                    Since(request.TurnId),
                    new FilesRestored("", RestoreKind.Restored, [], request.TurnId),
                    request.Overwrite,
                    cancellationToken
                ),
            cancellationToken
        );

    /// <summary>Takes back an undo or a restore.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownCheckpoint"/></exception>
    internal Task<RestoreResult> RedoAsync(RedoRestoreParams request, CancellationToken cancellationToken) =>
        AloneAsync(
            () =>
            {
                var undone = request.RestoreId ?? Changes.Redoable;
                var steps = Changes.Where(step => step.IsRestore && step.Source == undone);
                return steps.IsEmpty
                    ? throw new SageException(
                        ErrorCodes.UnknownCheckpoint,
                        "There is nothing to redo: nothing was undone or restored, or it was redone before."
                    )
                    : RestoreAsync(
                        steps.Select(found => (found.File, (HunkSelection)new HunkSelection.Steps(found.Steps))),
                        new FilesRestored("", RestoreKind.Redone, [], Undoes: undone),
                        request.Overwrite,
                        cancellationToken
                    );
            },
            cancellationToken
        );

    public void Dispose() => _turnstile.Dispose();

    private async Task<RestoreResult> RestoreAsync(
        IEnumerable<(FileHistory File, HunkSelection Selection)> files,
        FilesRestored what,
        bool overwrite,
        CancellationToken cancellationToken
    )
    {
        var restored = ImmutableArray.CreateBuilder<RestoredFile>();
        var left = ImmutableArray.CreateBuilder<LeftFile>();
        try
        {
            foreach (var (file, selection) in files)
            {
                using var held = await LockAsync(file, what.Kind, cancellationToken);
                var done = await _files.RestoreAsync(Scope(file), selection, overwrite, cancellationToken);
                if (done.Restored is { } changed)
                {
                    restored.Add(changed);
                }

                if (done.Left is { } stays)
                {
                    left.Add(stays);
                }
            }
        }
        finally
        {
            // What was written is recorded, whatever came in between.
            if (restored.Count > 0)
            {
                what = what with { RestoreId = $"u{Changes.Restores + 1}", Files = restored.ToImmutable() };
                await _recorder.RecordAsync(what, CancellationToken.None);
                _recorder.Flush();
            }
        }

        return new RestoreResult(
            [.. restored.Select(file => file.Path)],
            left.ToImmutable(),
            restored.Count > 0 ? what.RestoreId : null
        );
    }

    // Whoever undoes a hunk does not wait until a command that could change everything has ended; the write itself looks twice.
    private async ValueTask<IDisposable?> LockAsync(
        FileHistory file,
        RestoreKind kind,
        CancellationToken cancellationToken
    ) =>
        kind == RestoreKind.Undone
            ? null
            : await _locks.EnterAsync(
                _workspace,
                ResourceAccess.Write(Path.Join(_workspace.Root, file.Path)),
                cancellationToken
            );

    /// <summary>Every step from a turn on, restores among them.</summary>
    private IEnumerable<(FileHistory, HunkSelection)> Since(string turnId)
    {
        var turns = Changes.Turns.Select(turn => turn.TurnId).SkipWhile(id => id != turnId).ToHashSet();
        return turns.Count == 0
            ? throw new SageException(ErrorCodes.UnknownCheckpoint, $"The session has no turn {turnId}.")
            : Changes
                .Where(step => turns.Contains(step.TurnId))
                .Select(found => (found.File, (HunkSelection)new HunkSelection.Steps(found.Steps)));
    }

    private IEnumerable<FileHistory> PendingIn(string? path) =>
        Changes.Files.Where(file => file.MayBePending && (path is null || file.Path == path));

    private static HunkSelection SelectionOf(string? hunkId, string? turnId) =>
        hunkId is not null ? new HunkSelection.One(hunkId)
        : turnId is not null ? new HunkSelection.OfTurn(turnId)
        : new HunkSelection.Pending();

    // What a turn changed is taken back by itself, also where later turns went on with it.
    private static HunkSelection ToUndo(FileHistory file, UndoHunksParams request) =>
        request is { HunkId: null, TurnId: { } turn }
            ? new HunkSelection.Steps(file.Where(step => step.TurnId == turn && !step.IsRestore))
            : SelectionOf(request.HunkId, request.TurnId);

    private FileScope Scope(FileHistory file) => new(_workspace, _sessionId, file);

    private static string? Trimmed(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();

    private static SageException Stale() =>
        new(
            ErrorCodes.StaleHunk,
            "This change is not there any more: the file has changed, or it was reviewed before."
        );

    private async Task<T> AloneAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        // What could not be recorded must not be done either.
        if (_recorder.IsReadOnly)
        {
            throw ReadOnlySession.Refusal();
        }

        await _turnstile.WaitAsync(cancellationToken);
        try
        {
            return await run();
        }
        catch (IOException error)
        {
            throw new SageException(ErrorCodes.StorageFailed, error.Message);
        }
        finally
        {
            _turnstile.Release();
        }
    }
}
