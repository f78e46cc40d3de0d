using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Sage.Storage.Journals.Lines;

/// <summary>Finds the snapshots of a journal from its end, without reading what lies before the one that is good.</summary>
internal static class SnapshotFinder
{
    private const int Chunk = 1024 * 1024;

    // The line feed before a line, and its start up to the end of the mark.
    private static readonly int Before = JournalLine.SnapshotMarkAt + 1;

    /// <returns>Where lines start that say they are snapshots, the newest first.</returns>
    public static async IAsyncEnumerable<long> FindAsync(
        SafeFileHandle file,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var overlap = Before + JournalLine.SnapshotMark.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk + overlap);
        try
        {
            for (var end = RandomAccess.GetLength(file); end > 0; )
            {
                // Chunks overlap, so that each line's start is whole in one of them.
                var start = Math.Max(0, end - Chunk);
                var read = await ReadAsync(
                    file,
                    buffer.AsMemory(0, (int)(end - start) + overlap),
                    start,
                    cancellationToken
                );
                for (var limit = read; LastStart(buffer.AsSpan(0, limit)) is { } found; limit = found + overlap - 2)
                {
                    if (start + found < end)
                    {
                        yield return start + found;
                    }
                }
                end = start == 0 ? 0 : start + 1;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<int> ReadAsync(
        SafeFileHandle file,
        Memory<byte> buffer,
        long position,
        CancellationToken cancellationToken
    )
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await RandomAccess.ReadAsync(file, buffer[filled..], position + filled, cancellationToken);
            if (read == 0)
            {
                break;
            }
            filled += read;
        }
        return filled;
    }

    // The mark may also stand in the middle of an event, in the arguments of a call.
    private static int? LastStart(ReadOnlySpan<byte> bytes)
    {
        while (bytes.LastIndexOf(JournalLine.SnapshotMark) is var mark and >= 0)
        {
            var start = mark - JournalLine.SnapshotMarkAt;
            if (start > 0 && bytes[start - 1] == '\n' && JournalLine.IsSnapshot(bytes[start..]))
            {
                return start;
            }
            bytes = bytes[..(mark + JournalLine.SnapshotMark.Length - 1)];
        }
        return null;
    }
}
