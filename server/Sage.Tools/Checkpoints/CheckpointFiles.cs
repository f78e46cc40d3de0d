using System.Collections.Immutable;
using Sage.Agent.Checkpoints;
using Sage.Agent.Extensions;
using Sage.Protocol.Checkpoints;
using Sage.Protocol.Events;
using Sage.Tools.Editing;
using Sage.Tools.Files;

namespace Sage.Tools.Checkpoints;

/// <summary>Shows and takes back what Sage changed in a file, apart from what the user changed there.</summary>
public sealed class CheckpointFiles(WorkspaceFiles files, IFileImages images) : ICheckpointFiles
{
    private const string NotKept = "What it held is not kept any more, or was too large to be kept.";

    public async Task<PendingFile?> FindPendingAsync(FileScope file, CancellationToken cancellationToken)
    {
        var found = await FindAsync(file, new HunkSelection.Pending(), cancellationToken);
        if (found.Problem is { } problem)
        {
            return new PendingFile(file.History.Path, FileChangeKind.Modified, 0, 0, [], problem);
        }

        var hunks = found.Hunks.Find();
        return hunks.IsEmpty
            ? null
            : new PendingFile(
                file.History.Path,
                found.Replay.Without.KindOfChangeTo(found.Replay.Now),
                hunks.Sum(hunk => hunk.NewLines),
                hunks.Sum(hunk => hunk.OldLines),
                hunks
            );
    }

    public async Task<string?> ReadOriginalAsync(FileScope file, CancellationToken cancellationToken)
    {
        var found = await FindAsync(file, new HunkSelection.Pending(), cancellationToken);
        return found.Problem is null && found.Replay.Without is HeldContent.Text text ? text.File.Text : null;
    }

    public async Task<KeptFile?> KeepAsync(FileScope file, HunkSelection selection, CancellationToken cancellationToken)
    {
        var found = await FindAsync(file, new HunkSelection.Pending(), cancellationToken);
        if (found.Problem is not null)
        {
            // What cannot be shown can still be done with.
            return selection is HunkSelection.Pending ? new KeptFile(file.History.Path) : null;
        }

        var (before, now) = (found.Replay.Without, found.Replay.Now);
        var original = selection switch
        {
            HunkSelection.One one => Keep(found, one.Id),
            HunkSelection.OfTurn => (await FindAsync(file, selection, cancellationToken)).Replay.Without,
            _ => now,
        };
        if (original is null || original.IsSameAs(before) && !original.IsSameAs(now))
        {
            return null;
        }

        var current = await KeepImageAsync(file, now, found.Place.Mode, cancellationToken);
        return original.IsSameAs(now)
            ? new KeptFile(file.History.Path, current, current)
            : new KeptFile(
                file.History.Path,
                await KeepImageAsync(file, original, found.Place.Mode, cancellationToken),
                current
            );
    }

    public async Task<RestorableFile?> PreviewAsync(
        FileScope file,
        HunkSelection selection,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(file, selection, cancellationToken);
        if (found.Problem is { } problem)
        {
            return new RestorableFile(file.History.Path, FileChangeKind.Modified, [], Problem: problem);
        }

        var target = RestoreTarget.Of(found.Replay, found.Hunks, selection, overwrite: false);
        return target is { Content: null, Conflicts: 0 }
            ? null
            : new RestorableFile(
                file.History.Path,
                found.Replay.Now.KindOfChangeTo(target.Content ?? found.Replay.Without),
                HunksBetween(found.Replay.Now, target.Content ?? found.Replay.Now),
                target.Conflicts
            );
    }

    public async Task<FileRestoration> RestoreAsync(
        FileScope file,
        HunkSelection selection,
        bool overwrite,
        CancellationToken cancellationToken
    )
    {
        var path = file.History.Path;
        var found = await FindAsync(file, selection, cancellationToken);
        if (found.Problem is { } problem)
        {
            return new FileRestoration(null, new LeftFile(path, 0, problem));
        }

        var target = RestoreTarget.Of(found.Replay, found.Hunks, selection, overwrite);
        var left = target.Conflicts > 0 ? new LeftFile(path, target.Conflicts, Explain(target.Conflicts)) : null;
        if (target.Content is not { } content)
        {
            return new FileRestoration(null, left);
        }

        var mode = file.History.Steps.Select(step => step.Before.Image?.Mode).LastOrDefault(bits => bits is not null);
        var before = await KeepImageAsync(file, found.Replay.Now, found.Place.Mode, cancellationToken);
        if (await found.Place.WriteAsync(content, mode, cancellationToken) is { } refused)
        {
            return new FileRestoration(null, new LeftFile(path, 0, refused));
        }

        var after = await KeepImageAsync(file, content, found.Place.Mode ?? mode, CancellationToken.None);
        var kind = found.Replay.Now.KindOfChangeTo(content);
        return new FileRestoration(
            new RestoredFile(path, kind, HunksBetween(found.Replay.Now, content), before, after),
            left
        );
    }

    private async Task<Found> FindAsync(FileScope file, HunkSelection selection, CancellationToken cancellationToken)
    {
        var (path, history) = (file.History.Path, file.History);
        var (place, problem) = await FilePlace.FindAsync(files, file.Workspace, path, cancellationToken);
        if (place is null || selection is HunkSelection.Steps { Positions: [] })
        {
            return new Found(null!, null!, null!, problem ?? "There is nothing to take back.");
        }

        var replay = await ChangeReplay.RunAsync(history, selection, place.Content, ReadAsync);
        return replay.IsIncomplete || replay.Without is HeldContent.Unknown
            ? new Found(place, replay, null!, NotKept)
            : new Found(place, replay, new HunkFinder(path, replay), null);

        async Task<HeldContent> ReadAsync(FileMoment moment) =>
            !moment.Exists ? new HeldContent.Absent()
            : moment.Image is { } image && await images.ReadAsync(file.SessionId, image, cancellationToken) is { } bytes
                ? HeldContent.Of(bytes)
            : new HeldContent.Unknown();
    }

    /// <summary>The original, with this hunk in it.</summary>
    private static HeldContent? Keep(Found found, string id)
    {
        if (found.Hunks.Find().FirstOrDefault(hunk => hunk.Id == id) is not { } kept)
        {
            return null;
        }

        if (found.Hunks.Diff is not { } diff || found.Replay.Now is not HeldContent.Text now)
        {
            return found.Replay.Now;
        }

        var lines = diff.OldLines.ToList();
        lines.RemoveRange(kept.OldStart, kept.OldLines);
        lines.InsertRange(kept.OldStart, diff.NewLines.Slice(kept.NewStart, kept.NewLines));
        return ChangeReplay.Assemble(string.Concat(lines), now.File);
    }

    private async Task<FileImage?> KeepImageAsync(
        FileScope file,
        HeldContent content,
        int? mode,
        CancellationToken cancellationToken
    ) =>
        FilePlace.TryGetBytes(content, out var bytes)
            ? await images.KeepAsync(file.SessionId, bytes, mode, cancellationToken)
            : null;

    private static ImmutableArray<Hunk> HunksBetween(HeldContent from, HeldContent to) =>
        from is HeldContent.Binary || to is HeldContent.Binary
            ? []
            : LineDiff.Between((from as HeldContent.Text)?.Lf ?? "", (to as HeldContent.Text)?.Lf ?? "").ToHunks();

    private static string Explain(int conflicts) =>
        conflicts == 1
            ? "You have changed one of these places too."
            : $"You have changed {conflicts} of these places too.";

    /// <param name="Place">The file now.</param>
    /// <param name="Replay">What was worked out.</param>
    /// <param name="Hunks">What is different.</param>
    /// <param name="Problem">Why nothing could be worked out.</param>
    private sealed record Found(FilePlace Place, ChangeReplay Replay, HunkFinder Hunks, string? Problem);
}
