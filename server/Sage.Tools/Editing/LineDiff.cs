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

    private LineDiff(string[] oldLines, string[] newLines, ImmutableArray<LineChange> changes) =>
        (OldLines, NewLines, Changes) = (oldLines, newLines, changes);

    /// <summary>Each with its LF, but for a last line that has none.</summary>
    public IReadOnlyList<string> OldLines { get; }

    /// <summary>Each with its LF, but for a last line that has none.</summary>
    public IReadOnlyList<string> NewLines { get; }

    public ImmutableArray<LineChange> Changes { get; }

    public int Added => Changes.Sum(static change => change.NewCount);

    public int Removed => Changes.Sum(static change => change.OldCount);

    public static LineDiff Between(string oldText, string newText)
    {
        var (oldLines, newLines) = (Split(oldText), Split(newText));
        var start = oldLines.AsSpan().CommonPrefixLength(newLines);
        var end = CommonSuffixLength(oldLines.AsSpan(start), newLines.AsSpan(start));
        var (oldMiddle, newMiddle) = (oldLines[start..^end], newLines[start..^end]);
        var changes =
            oldMiddle.Length == 0 && newMiddle.Length == 0 ? []
            : oldMiddle.Length == 0 || newMiddle.Length == 0 || oldMiddle.Length + newMiddle.Length > MostLinesCompared
                ? [new LineChange(start, oldMiddle.Length, start, newMiddle.Length)]
            : Compare(oldMiddle, newMiddle, start);
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

    private static void AddAll(
        ImmutableArray<string>.Builder lines,
        char mark,
        IReadOnlyList<string> source,
        int start,
        int end
    )
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

    private static string[] Split(string text)
    {
        List<string> lines = [];
        for (var start = 0; start < text.Length; )
        {
            var length = text.AsSpan(start).IndexOf('\n');
            var end = length < 0 ? text.Length : start + length + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }

    private static int CommonSuffixLength(ReadOnlySpan<string> left, ReadOnlySpan<string> right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && left[^(length + 1)] == right[^(length + 1)])
        {
            length++;
        }

        return length;
    }

    /// <summary>Keeps the LF with its line, so that a missing one at the end of the text is a difference.</summary>
    private sealed class LfChunker : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => Split(text);
    }
}
