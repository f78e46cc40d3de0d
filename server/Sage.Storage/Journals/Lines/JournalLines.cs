using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Sage.Storage.Journals.Lines;

/// <summary>Reads lines of a file in order, without more of it in memory than the longest of them.</summary>
internal static class JournalLines
{
    private const int FirstBuffer = 128 * 1024;

    /// <param name="file">May be written meanwhile.</param>
    /// <param name="from">Where a line starts.</param>
    /// <param name="to">No byte from here on is read.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>Lines that are valid until the next is asked for. The last one may lack its line feed.</returns>
    public static async IAsyncEnumerable<LineAt> ReadAsync(
        SafeFileHandle file,
        long from,
        long to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var (start, filled) = (from, 0);
            while (true)
            {
                var room = (int)Math.Min(buffer.Length - filled, to - start - filled);
                var read = await FillAsync(
                    file,
                    buffer.AsMemory(filled, Math.Max(0, room)),
                    start + filled,
                    cancellationToken
                );
                filled += read;
                var taken = 0;
                while (buffer.AsSpan(taken, filled - taken).IndexOf((byte)'\n') is var length and >= 0)
                {
                    yield return new LineAt(start + taken, buffer.AsMemory(taken, length), HasLineFeed: true);
                    taken += length + 1;
                }
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                (start, filled) = (start + taken, filled - taken);
                if (read == 0 || filled > JournalLine.MaxBytes)
                {
                    break;
                }
                buffer = filled == buffer.Length ? Grown(buffer) : buffer;
            }
            if (filled > 0)
            {
                yield return new LineAt(start, buffer.AsMemory(0, filled), HasLineFeed: false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ValueTask<int> FillAsync(
        SafeFileHandle file,
        Memory<byte> room,
        long position,
        CancellationToken cancellationToken
    ) => room.IsEmpty ? default : RandomAccess.ReadAsync(file, room, position, cancellationToken);

    private static byte[] Grown(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}

/// <param name="Start">Where it stands in the file.</param>
/// <param name="Bytes">Without the line feed.</param>
/// <param name="HasLineFeed">False for what stands behind the last line feed.</param>
internal readonly record struct LineAt(long Start, ReadOnlyMemory<byte> Bytes, bool HasLineFeed)
{
    /// <summary>Where the next one starts.</summary>
    public long End => Start + Bytes.Length + (HasLineFeed ? 1 : 0);
}
