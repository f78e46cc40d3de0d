using Sage.Agent.Extensions;
using Sage.Protocol.Checkpoints;
using Sage.Tools.Editing;

namespace Sage.Tools.Checkpoints;

/// <summary>What a file shall hold when changes are taken back.</summary>
/// <param name="Content">Null when there is nothing to do.</param>
/// <param name="Conflicts">How many places stay because the user has changed them too.</param>
internal sealed record RestoreTarget(HeldContent? Content, int Conflicts)
{
    public static RestoreTarget Of(ChangeReplay replay, HunkFinder finder, HunkSelection selection, bool overwrite)
    {
        var hunks = finder.Find();
        var meant = hunks.Where(hunk => selection is not HunkSelection.One one || hunk.Id == one.Id).ToList();
        var taken = meant.Where(hunk => overwrite || !hunk.Edited).ToList();
        var conflicts = meant.Count - taken.Count;
        return taken.Count == 0 ? new RestoreTarget(null, conflicts)
            : taken.Count == hunks.Length ? new RestoreTarget(replay.Without, conflicts)
            : new RestoreTarget(TakeBack(replay, finder.Diff!, taken), conflicts);
    }

    /// <summary>The file as it is, with the original lines where these hunks are.</summary>
    private static HeldContent.Text TakeBack(ChangeReplay replay, LineDiff diff, List<PendingHunk> hunks)
    {
        var lines = diff.NewLines.ToList();
        foreach (var hunk in hunks.OrderByDescending(hunk => hunk.NewStart))
        {
            lines.RemoveRange(hunk.NewStart, hunk.NewLines);
            lines.InsertRange(hunk.NewStart, diff.OldLines.Slice(hunk.OldStart, hunk.OldLines));
        }

        return ChangeReplay.Assemble(string.Concat(lines), ((HeldContent.Text)replay.Now).File);
    }
}
