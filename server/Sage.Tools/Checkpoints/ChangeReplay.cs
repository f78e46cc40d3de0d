using Sage.Agent.Checkpoints;
using Sage.Agent.Extensions;
using Sage.Tools.Editing;
using Sage.Tools.Text;

namespace Sage.Tools.Checkpoints;

/// <summary>
/// Goes through the history of a file and works out what it would hold without the steps that are meant: every other change, of
/// the user or of other steps, is taken over line by line.
/// </summary>
internal sealed class ChangeReplay
{
    private readonly List<Passing> _passings = [];

    private ChangeReplay(HeldContent start, HeldContent current) => (Without, Now) = (start, current);

    /// <summary>The file without the steps that are meant.</summary>
    public HeldContent Without { get; private set; }

    /// <summary>The file as it is.</summary>
    public HeldContent Now { get; private set; }

    /// <summary>The changes that were meant, and those that were taken over, in order.</summary>
    public IReadOnlyList<Passing> Passings => _passings;

    /// <summary>True when something that is needed is not there any more.</summary>
    public bool IsIncomplete { get; private set; }

    /// <param name="history">What Sage did.</param>
    /// <param name="selection">What is meant.</param>
    /// <param name="now">The file as it is.</param>
    /// <param name="read">Reads what was kept.</param>
    public static async Task<ChangeReplay> RunAsync(
        FileHistory history,
        HunkSelection selection,
        HeldContent now,
        Func<FileMoment, Task<HeldContent>> read
    )
    {
        var (first, original, current) = selection switch
        {
            HunkSelection.Steps steps => (steps.Positions[0], history.Steps[steps.Positions[0]].Before, null),
            _ when history.Original is { } reviewed => (history.Reviewed, reviewed, history.Current),
            _ => (0, history.Steps[0].Before, null),
        };
        var start = await read(original);
        var replay = new ChangeReplay(start, current is null ? start : await read(current));
        if (current is not null)
        {
            await replay.RememberAsync(history, read);
        }

        foreach (var position in Enumerable.Range(first, history.Steps.Length - first))
        {
            var step = history.Steps[position];
            replay.PassOver(await read(step.Before));
            replay.Take(step, await read(step.After), IsMeant(selection, position, step));
        }

        replay.PassOver(now);
        return replay;
    }

    /// <summary>Who made what before the last review: what is still to be reviewed comes from there.</summary>
    private async Task RememberAsync(FileHistory history, Func<FileMoment, Task<HeldContent>> read)
    {
        HeldContent? last = null;
        foreach (var step in history.Steps.Take(history.Reviewed))
        {
            var (before, after) = (await read(step.Before), await read(step.After));
            if (last is not null && !last.IsSameAs(before))
            {
                _passings.Add(new Passing(null, last, before));
            }

            _passings.Add(new Passing(step, before, after));
            last = after;
        }

        if (last is not null && !last.IsSameAs(Now))
        {
            _passings.Add(new Passing(null, last, Now));
        }
    }

    private static bool IsMeant(HunkSelection selection, int position, FileStep step) =>
        selection switch
        {
            HunkSelection.Steps steps => steps.Positions.Contains(position),
            // What is left to review once this turn's changes are kept.
            HunkSelection.OfTurn kept => step.IsRestore || step.TurnId != kept.TurnId,
            _ => true,
        };

    private void Take(FileStep step, HeldContent after, bool isMeant)
    {
        if (!isMeant)
        {
            PassOver(after);
            return;
        }

        IsIncomplete |= Now is HeldContent.Unknown || after is HeldContent.Unknown;
        _passings.Add(new Passing(step, Now, after));
        Now = after;
    }

    /// <summary>A change that is not meant: it happened, and stays.</summary>
    private void PassOver(HeldContent to)
    {
        if (Now.IsSameAs(to))
        {
            // The same to read; its bytes may differ.
            Without = Without.IsSameAs(to) ? to : Without;
            Now = to;
            return;
        }

        IsIncomplete |= Now is HeldContent.Unknown || to is HeldContent.Unknown;
        _passings.Add(new Passing(null, Now, to));
        Without =
            Without.IsSameAs(Now) || Without.IsSameAs(to) ? to
            : (Without, Now, to) is (HeldContent.Text without, HeldContent.Text from, HeldContent.Text next)
                ? Merge(without, from, next)
            : Without;
        Now = to;
    }

    private static HeldContent.Text Merge(HeldContent.Text without, HeldContent.Text from, HeldContent.Text next)
    {
        var (merged, _) = ThreeWayMerge.Merge(from.Lf, without.Lf, next.Lf);
        return merged == without.Lf ? without : Assemble(merged, next.File);
    }

    /// <summary>Text that was put together, with the line endings and the encoding of the file it is for.</summary>
    public static HeldContent.Text Assemble(string lf, TextFile like)
    {
        var diff = LineDiff.Between(TextLines.WithLf(like.Text), lf);
        return new HeldContent.Text(lf, like with { Text = LineEndingKeeper.Restore(like.Text, diff) }, Exact: null);
    }
}

/// <summary>One change that was gone through.</summary>
/// <param name="Step">The step that is meant; null for what stays.</param>
/// <param name="From">The file before it.</param>
/// <param name="To">The file after it.</param>
internal sealed record Passing(FileStep? Step, HeldContent From, HeldContent To);
