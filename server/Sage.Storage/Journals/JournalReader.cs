using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Sage.Protocol.Events;

namespace Sage.Storage.Journals;

/// <summary>Reads a journal up to its end or its first bad line.</summary>
internal sealed class JournalReader
{
    private const int SupportedVersion = 1;
    private readonly List<EventEnvelope> _events = [];
    private long _goodLength;

    private JournalReader() { }

    public static async Task<JournalContents> ReadAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var reader = new JournalReader();
        var lastLine = await reader.ReadLinesAsync(file, cancellationToken);
        return new JournalContents(reader._events, reader._goodLength, lastLine);
    }

    // The buffer always starts at goodLength: whatever is not yet a whole line moves to its front.
    private async Task<LastLine> ReadLinesAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            var filled = 0;
            while (true)
            {
                var read = await RandomAccess.ReadAsync(
                    file,
                    buffer.AsMemory(filled),
                    _goodLength + filled,
                    cancellationToken
                );
                if (read == 0)
                {
                    return TakeUnterminated(buffer.AsSpan(0, filled));
                }
                filled += read;
                var taken = TakeLines(buffer.AsSpan(0, filled));
                if (taken < 0)
                {
                    return LastLine.Damaged;
                }
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
                if (filled == buffer.Length && !TryGrow(ref buffer))
                {
                    return LastLine.Damaged;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Answers how many bytes were whole, good lines; -1 when a bad one was met.
    private int TakeLines(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (bytes[taken..].IndexOf((byte)'\n') is var length and >= 0)
        {
            if (!TryTake(bytes.Slice(taken, length)))
            {
                return -1;
            }
            taken += length + 1;
            _goodLength += length + 1;
        }
        return taken;
    }

    // All but the line feed may have reached the disk.
    private LastLine TakeUnterminated(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return LastLine.Whole;
        }
        if (!TryTake(bytes))
        {
            return LastLine.Damaged;
        }
        _goodLength += bytes.Length;
        return LastLine.WithoutLineFeed;
    }

    private bool TryTake(ReadOnlySpan<byte> line)
    {
        if (JournalLine.Read(line) is not { Seq: { } seq } envelope || seq != _events.Count + 1)
        {
            return false;
        }
        if (envelope.Event is SessionCreated { Version: > SupportedVersion })
        {
            throw JournalLine.WrittenByNewerVersion();
        }
        _events.Add(envelope);
        return true;
    }

    private static bool TryGrow(ref byte[] buffer)
    {
        if (buffer.Length > JournalLine.MaxBytes)
        {
            return false;
        }
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return true;
    }
}

/// <param name="Events">The good lines, in order.</param>
/// <param name="GoodLength">Bytes they take in the file.</param>
/// <param name="LastLine">What stands at that point.</param>
internal sealed record JournalContents(List<EventEnvelope> Events, long GoodLength, LastLine LastLine);

/// <summary>How the readable part of a journal ends.</summary>
internal enum LastLine
{
    Whole,

    /// <summary>The last event is there, its line feed is not.</summary>
    WithoutLineFeed,

    /// <summary>What follows cannot be read.</summary>
    Damaged,
}
