using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sage.Protocol.Checkpoints;
using Sage.Tools.Editing;

namespace Sage.Tools.Checkpoints;

/// <summary>Finds the hunks between a file as it is and as it would be, whose they are, and which of them the user has changed too.</summary>
internal sealed class HunkFinder
{
    private readonly ChangeReplay _replay;
    private readonly string _path;
    private readonly List<(Passing Passing, ImmutableArray<bool> Lines)> _marks = [];

    public HunkFinder(string path, ChangeReplay replay)
    {
        (_path, _replay) = (path, replay);
        if ((replay.Without, replay.Now) is (HeldContent.Text without, HeldContent.Text now))
        {
            Diff = LineDiff.Between(without.Lf, now.Lf);
            _marks.AddRange(
                replay.Passings.Select(passing => (passing, LinesOf(passing, now.Lf, Diff.NewLines.Count)))
            );
        }
    }

    /// <summary>From the file as it would be to the file as it is; null when one of them is no text.</summary>
    public LineDiff? Diff { get; }

    /// <summary>In the order of their lines; none when there is no difference.</summary>
    public ImmutableArray<PendingHunk> Find() =>
        _replay.Without.IsSameAs(_replay.Now) ? []
        : Diff is null ? [Whole()]
        : [.. Diff.Changes.Select(HunkOf)];

    private PendingHunk HunkOf(LineChange change)
    {
        var (turn, call) = Maker(change);
        return new PendingHunk(
            IdOf(change),
            change.OldStart,
            change.OldCount,
            change.NewStart,
            change.NewCount,
            turn,
            call,
            _marks.Any(mark => mark.Passing.Step is null && Covers(mark.Lines, change))
        );
    }

    private PendingHunk Whole()
    {
        var (turn, call) = LastMaker();
        var meant = _replay.Passings.Where(passing => passing.Step is not null).ToList();
        // Nothing can be taken over into a file that is not there, or is no text.
        var edited = meant.Count > 0 && !meant[^1].To.IsSameAs(_replay.Now);
        var lines = _replay.Now is HeldContent.Text now ? LineDiff.Between("", now.Lf).Added : 0;
        var oldLines = _replay.Without is HeldContent.Text old ? LineDiff.Between("", old.Lf).Added : 0;
        return new PendingHunk(WholeId(), 0, oldLines, 0, lines, turn, call, edited);
    }

    private (string Turn, string Call) Maker(LineChange change)
    {
        var maker = _marks.LastOrDefault(mark =>
            mark.Passing.Step is { IsRestore: false } && Covers(mark.Lines, change)
        );
        return maker.Passing?.Step is { } step ? (step.TurnId, step.Source) : LastMaker();
    }

    private (string Turn, string Call) LastMaker() =>
        _replay.Passings.LastOrDefault(passing => passing.Step is { IsRestore: false })?.Step is { } step
            ? (step.TurnId, step.Source)
            : ("", "");

    // Lines that only went away leave nothing of anybody's that could be lost.
    private static bool Covers(ImmutableArray<bool> lines, LineChange change) =>
        Enumerable.Range(change.NewStart, change.NewCount).Any(line => lines[line]);

    /// <summary>Which lines of the file as it is come from this change.</summary>
    private static ImmutableArray<bool> LinesOf(Passing passing, string now, int count)
    {
        var marked = new bool[count];
        if (passing is { From: HeldContent.Text from, To: HeldContent.Text to })
        {
            var changed = LineDiff.Between(from.Lf, to.Lf);
            var since = LineDiff.Between(to.Lf, now);
            var shift = 0;
            var next = 0;
            foreach (var line in changed.Changes.SelectMany(c => Enumerable.Range(c.NewStart, c.NewCount)))
            {
                while (next < since.Changes.Length && since.Changes[next] is var c && c.OldStart + c.OldCount <= line)
                {
                    shift = c.NewStart + c.NewCount - (c.OldStart + c.OldCount);
                    next++;
                }

                var isStillThere = next >= since.Changes.Length || line < since.Changes[next].OldStart;
                if (isStillThere)
                {
                    marked[line + shift] = true;
                }
            }
        }

        return ImmutableArray.Create(marked);
    }

    private string IdOf(LineChange change)
    {
        var text = new StringBuilder(_path);
        text.Append('\0').Append(change.OldStart).Append('\0').Append(change.NewStart).Append('\0');
        text.AppendJoin("", Diff!.OldLines.Slice(change.OldStart, change.OldCount)).Append('\0');
        text.AppendJoin("", Diff.NewLines.Slice(change.NewStart, change.NewCount));
        return Hash(text.ToString());
    }

    private string WholeId() => Hash($"{_path}\0{Describe(_replay.Without)}\0{Describe(_replay.Now)}");

    private static string Describe(HeldContent content) =>
        content switch
        {
            HeldContent.Text text => text.Lf,
            HeldContent.Binary binary => Convert.ToHexString(SHA256.HashData(binary.Bytes)),
            _ => "\0",
        };

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
