using System.Collections.Immutable;
using DiffPlex;
using Sage.Protocol.Events;
using Sage.Tools.Text;

namespace Sage.Tools.Editing;

/// <param name="OldStart">0-based.</param>
/// <param name="OldCount">Lines that go.</param>
/// <param name="NewStart">0-based.</param>
/// <param name="NewCount">Lines that come.</param>
internal readonly record struct LineChange(int OldStart, int OldCount, int NewStart, int NewCount);

/// <summary>Which lines differ between two texts that both end their lines with LF.</summary>
internal sealed class LineDiff
{
    private const int ContextLines = 3;

    // Beyond this a minimal difference costs seconds and nobody reads it.
    private const int MostLinesCompared = 6_000;

    private LineDiff(LineView oldLines, LineView newLines, ImmutableArray<LineChange> changes) =>
        (OldLines, NewLines, Changes) = (oldLines, newLines, changes);

    /// <summary>Each with its LF, but for a last line that has none.</summary>
    public LineView OldLines { get; }

    /// <summary>Each with its LF, but for a last line that has none.</summary>
    public LineView NewLines { get; }

    public ImmutableArray<LineChange> Changes { get; }

    public int Added => Changes.Sum(static change => change.NewCount);

    public int Removed => Changes.Sum(static change => change.OldCount);

    public static LineDiff Between(string oldText, string newText)
    {
        var head = CommonHead(oldText, newText);
        var tail = CommonTail(oldText, newText, head);
        var start = LinesIn(oldText.AsSpan(0, head));
        var tailLines = LinesIn(oldText.AsSpan(oldText.Length - tail));
        var oldLines = new LineView(oldText, head, oldText.Length - tail, start, tailLines);
        var newLines = new LineView(newText, head, newText.Length - tail, start, tailLines);
        var (oldCount, newCount) = (oldLines.Middle.Length, newLines.Middle.Length);
        var changes =
            oldCount == 0 && newCount == 0 ? []
            : oldCount == 0 || newCount == 0 || oldCount + newCount > MostLinesCompared
                ? [new LineChange(start, oldCount, start, newCount)]
            : Compare(oldLines.Middle, newLines.Middle, start);
        return new LineDiff(oldLines, newLines, changes);
    }

    /// <summary>The changes with three lines of context; neighbours share a hunk.</summary>
    public ImmutableArray<Hunk> ToHunks()
    {
        var hunks = ImmutableArray.CreateBuilder<Hunk>();
        for (var first = 0; first < Changes.Length; )
        {
            var last = first;
            while (last + 1 < Changes.Length && Gap(Changes[last], Changes[last + 1]) <= 2 * ContextLines)
            {
                last++;
            }

            hunks.Add(HunkOf(Changes.AsSpan()[first..(last + 1)]));
            first = last + 1;
        }

        return hunks.ToImmutable();
    }

    private static int Gap(LineChange left, LineChange right) => right.OldStart - (left.OldStart + left.OldCount);

    private Hunk HunkOf(ReadOnlySpan<LineChange> changes)
    {
        var (first, last) = (changes[0], changes[^1]);
        var before = Math.Min(ContextLines, first.OldStart);
        var oldEnd = last.OldStart + last.OldCount;
        var after = Math.Min(ContextLines, OldLines.Count - oldEnd);
        var lines = ImmutableArray.CreateBuilder<string>();
        var old = first.OldStart - before;
        foreach (var change in changes)
        {
            AddAll(lines, ' ', OldLines, old, change.OldStart);
            AddAll(lines, '-', OldLines, change.OldStart, change.OldStart + change.OldCount);
            AddAll(lines, '+', NewLines, change.NewStart, change.NewStart + change.NewCount);
            old = change.OldStart + change.OldCount;
        }

        AddAll(lines, ' ', OldLines, old, oldEnd + after);
        var oldCount = oldEnd + after - (first.OldStart - before);
        var newCount = last.NewStart + last.NewCount + after - (first.NewStart - before);
        return new Hunk(
            OldLines.Count == 0 ? 0 : first.OldStart - before + 1,
            oldCount,
            NewLines.Count == 0 ? 0 : first.NewStart - before + 1,
            newCount,
            lines.ToImmutable()
        );
    }

    private static void AddAll(ImmutableArray<string>.Builder lines, char mark, LineView source, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            lines.Add(mark + Utf8Codec.Presentable(source[i].TrimEnd('\n')));
        }
    }

    private static ImmutableArray<LineChange> Compare(string[] oldLines, string[] newLines, int offset)
    {
        var result = Differ.Instance.CreateDiffs(
            string.Concat(oldLines),
            string.Concat(newLines),
            ignoreWhiteSpace: false,
            ignoreCase: false,
            new LfChunker()
        );
        return
        [
            .. result.DiffBlocks.Select(block => new LineChange(
                offset + block.DeleteStartA,
                block.DeleteCountA,
                offset + block.InsertStartB,
                block.InsertCountB
            )),
        ];
    }

    /// <summary>Characters of the whole lines that both begin with.</summary>
    private static int CommonHead(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length && same == right.Length ? same : left.AsSpan(0, same).LastIndexOf('\n') + 1;
    }

    /// <summary>Characters of the whole lines that both end with, behind the head.</summary>
    private static int CommonTail(string left, string right, int head)
    {
        var (longest, length) = (Math.Min(left.Length, right.Length) - head, 0);
        while (length < longest && left[^(length + 1)] == right[^(length + 1)])
        {
            length++;
        }

        if (IsLineStart(left, left.Length - length) && IsLineStart(right, right.Length - length))
        {
            return length;
        }

        var next = left.AsSpan(left.Length - length).IndexOf('\n');
        return next < 0 ? 0 : length - next - 1;
    }

    private static bool IsLineStart(string text, int position) => position == 0 || text[position - 1] == '\n';

    private static int LinesIn(ReadOnlySpan<char> text) =>
        text.Count('\n') + (text.IsEmpty || text[^1] == '\n' ? 0 : 1);

    /// <summary>Keeps the LF with its line, so that a missing one at the end of the text is a difference.</summary>
    private sealed class LfChunker : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => LineView.Split(text);
    }
}
