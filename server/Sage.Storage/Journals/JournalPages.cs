using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using Sage.Protocol.Events;
using Sage.Storage.Journals.Lines;

namespace Sage.Storage.Journals;

/// <summary>
/// Reads some events of a long journal. Its numbers only grow, so a place in it is found by halving; from there the lines before it
/// are read. A line that is damaged is left out.
/// </summary>
/// <param name="file">The journal.</param>
/// <param name="length">Bytes of whole lines in it.</param>
internal sealed class JournalPages(SafeFileHandle file, long length)
{
    private const int FirstWindow = 256 * 1024;
    private const int LargestWindow = 8 * 1024 * 1024;

    /// <summary>The newest events of a range, in order; at least one, however long it is.</summary>
    public async Task<ImmutableArray<EventEnvelope>> ReadAsync(
        long fromSeq,
        long beforeSeq,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var wanted = (int)Math.Min(limit, beforeSeq - Math.Max(1, fromSeq));
        if (wanted <= 0)
        {
            return [];
        }
        var end = await FindAsync(beforeSeq, cancellationToken);
        for (var window = FirstWindow; ; window *= 4)
        {
            var start = Math.Max(0, end - window);
            var bytes = await ReadAsync(start, (int)(end - start), cancellationToken);
            var lines = LastLines(bytes.Span, wanted, isWholeFile: start == 0);
            if (lines.Count == wanted || start == 0 || (lines.Count > 0 && window >= LargestWindow))
            {
                return [.. lines.Select(line => Parse(bytes.Span[line], fromSeq, beforeSeq)).OfType<EventEnvelope>()];
            }
        }
    }

    private static EventEnvelope? Parse(ReadOnlySpan<byte> line, long fromSeq, long beforeSeq) =>
        JournalLine.Read(line) is { Seq: { } seq } envelope && seq >= fromSeq && seq < beforeSeq ? envelope : null;

    /// <summary>The last lines that are no snapshots, in order. A first one that is cut off is left out.</summary>
    private static List<Range> LastLines(ReadOnlySpan<byte> bytes, int wanted, bool isWholeFile)
    {
        List<Range> lines = [];
        var end = bytes.Length;
        while (end > 0 && lines.Count < wanted)
        {
            // The line feed of the line itself, where it has one.
            var last = bytes[end - 1] == '\n' ? end - 1 : end;
            var start = bytes[..last].LastIndexOf((byte)'\n') + 1;
            if (start == 0 && !isWholeFile)
            {
                break;
            }
            if (last > start && !JournalLine.IsSnapshot(bytes[start..last]))
            {
                lines.Add(start..last);
            }
            end = start;
        }
        lines.Reverse();
        return lines;
    }

    /// <summary>Where the first event of this number or a higher one starts; the end when there is none.</summary>
    private async Task<long> FindAsync(long seq, CancellationToken cancellationToken)
    {
        var (low, high, found) = (0L, length, length);
        while (high - low > FirstWindow)
        {
            var middle = low + ((high - low) / 2);
            var next = await NextEventAsync(middle, high, cancellationToken);
            if (next is { } line && line.Seq < seq)
            {
                low = line.End;
            }
            else
            {
                // None starts between the middle and the one that was met.
                (high, found) = (middle, next?.Start ?? found);
            }
        }
        await foreach (var line in JournalLines.ReadAsync(file, low, length, cancellationToken))
        {
            if (line.Start >= high)
            {
                break;
            }
            if (JournalLine.SeqOf(line.Bytes.Span) >= seq)
            {
                return line.Start;
            }
        }
        return found;
    }

    /// <summary>The first whole event that starts behind a place and before another.</summary>
    private async Task<EventAt?> NextEventAsync(long after, long before, CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var line in JournalLines.ReadAsync(file, after, length, cancellationToken))
        {
            // What stands there is the rest of a line.
            if (isFirst)
            {
                isFirst = false;
                continue;
            }
            if (line.Start >= before)
            {
                break;
            }
            if (JournalLine.SeqOf(line.Bytes.Span) is { } seq)
            {
                return new EventAt(line.Start, line.End, seq);
            }
        }
        return null;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(long start, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var filled = 0;
        while (filled < count)
        {
            var read = await RandomAccess.ReadAsync(file, bytes.AsMemory(filled), start + filled, cancellationToken);
            if (read == 0)
            {
                break;
            }
            filled += read;
        }
        return bytes.AsMemory(0, filled);
    }

    private readonly record struct EventAt(long Start, long End, long Seq);
}
