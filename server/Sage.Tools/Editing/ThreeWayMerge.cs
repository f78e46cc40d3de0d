using System.Text;

namespace Sage.Tools.Editing;

/// <summary>Puts together what two sides made of one text, line by line.</summary>
internal static class ThreeWayMerge
{
    /// <summary>All texts end their lines with LF.</summary>
    /// <param name="ancestor">What both started from.</param>
    /// <param name="left">Stands where both changed the same lines in different ways.</param>
    /// <param name="right">The other side.</param>
    /// <returns>The text, and in how many places the right side gave way.</returns>
    public static (string Text, int Conflicts) Merge(string ancestor, string left, string right)
    {
        var (toLeft, toRight) = (LineDiff.Between(ancestor, left), LineDiff.Between(ancestor, right));
        var (leftSide, rightSide) = (new Side(toLeft), new Side(toRight));
        var text = new StringBuilder(Math.Max(left.Length, right.Length));
        var (position, conflicts) = (0, 0);
        while (Region.Next(leftSide, rightSide) is { } region)
        {
            Append(text, toLeft.OldLines, position, region.Start);
            var (mine, theirs) = (leftSide.TextOf(region), rightSide.TextOf(region));
            var clash = leftSide.Touched && rightSide.Touched && mine != theirs;
            conflicts += clash ? 1 : 0;
            text.Append(leftSide.Touched ? mine : theirs);
            position = region.End;
        }

        Append(text, toLeft.OldLines, position, toLeft.OldLines.Count);
        return (text.ToString(), conflicts);
    }

    private static void Append(StringBuilder text, LineView lines, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            text.Append(lines[i]);
        }
    }

    /// <summary>Lines of the ancestor that were changed together.</summary>
    private readonly record struct Region(int Start, int End)
    {
        /// <summary>The next changes of both sides, as far as they lie over each other.</summary>
        public static Region? Next(Side left, Side right)
        {
            var first = Earlier(left.Ahead, right.Ahead);
            if (first is not { } change)
            {
                return null;
            }

            var region = new Region(change.OldStart, change.OldStart + change.OldCount);
            left.Begin();
            right.Begin();
            // Either can make it longer, and then it may reach further changes of the other.
            while (left.Take(ref region) || right.Take(ref region)) { }

            return region;
        }

        public bool Meets(LineChange change)
        {
            var end = change.OldStart + change.OldCount;
            return change.OldCount == 0 && Start == End ? change.OldStart == Start
                : change.OldCount == 0 ? Start < change.OldStart && change.OldStart < End
                : Start == End ? change.OldStart < Start && Start < end
                : change.OldStart < End && Start < end;
        }

        private static LineChange? Earlier(LineChange? left, LineChange? right) =>
            left is not { } a ? right
            : right is not { } b ? left
            : (a.OldStart, a.OldCount).CompareTo((b.OldStart, b.OldCount)) <= 0 ? a
            : b;
    }

    /// <summary>What one side made of the ancestor, and how far it has been gone through.</summary>
    private sealed class Side(LineDiff diff)
    {
        private int _next;
        private int _first;

        public LineChange? Ahead => _next < diff.Changes.Length ? diff.Changes[_next] : null;

        /// <summary>True when it changed something in the region.</summary>
        public bool Touched => _next > _first;

        public void Begin() => _first = _next;

        public bool Take(ref Region region)
        {
            if (Ahead is not { } change || !IsPart(region, change))
            {
                return false;
            }

            var end = Math.Max(region.End, change.OldStart + change.OldCount);
            region = new Region(Math.Min(region.Start, change.OldStart), end);
            _next++;
            return true;
        }

        /// <summary>Its version of the region.</summary>
        public string TextOf(Region region)
        {
            var shift = _first > 0 ? Shift(diff.Changes[_first - 1]) : 0;
            var start = region.Start + shift;
            var end = region.End + (_next > 0 ? Shift(diff.Changes[_next - 1]) : 0);
            return string.Concat(diff.NewLines.Slice(start, end - start));
        }

        private static int Shift(LineChange change) =>
            change.NewStart + change.NewCount - (change.OldStart + change.OldCount);

        private static bool IsPart(Region region, LineChange change) =>
            region.Meets(change)
            || (change.OldStart == region.Start && change.OldStart + change.OldCount == region.End);
    }
}
