using Microsoft.Win32.SafeHandles;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Storage.Journals.Lines;

namespace Sage.Storage.Journals;

/// <summary>
/// Reads a journal from its last good snapshot up to its end, or to the first line of which an event is lost. A bad line that is
/// followed by the event that was to come held none: it was a snapshot, which nobody misses.
/// </summary>
internal sealed class JournalReader
{
    private readonly ISessionState _state;
    private long _start;
    private long _lastSeq;
    private long _goodLength;
    private bool _endsWithoutLineFeed;
    private bool _isDamaged;

    private JournalReader(ISessionState state) => _state = state;

    public static async Task<JournalContents> ReadAsync(
        SafeFileHandle file,
        ISessionState state,
        CancellationToken cancellationToken
    )
    {
        var reader = new JournalReader(state);
        await reader.StartAtSnapshotAsync(file, cancellationToken);
        await reader.ReadLinesAsync(file, cancellationToken);
        return reader.Contents();
    }

    private async Task StartAtSnapshotAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var length = RandomAccess.GetLength(file);
        await foreach (var start in SnapshotFinder.FindAsync(file, cancellationToken))
        {
            await foreach (var line in JournalLines.ReadAsync(file, start, length, cancellationToken))
            {
                if (
                    line.HasLineFeed
                    && JournalLine.ReadSnapshot(line.Bytes.Span) is { } snapshot
                    && _state.TryRestore(snapshot)
                )
                {
                    (_start, _goodLength, _lastSeq) = (start, line.End, snapshot.Seq);
                    return;
                }
                break;
            }
        }
    }

    private async Task ReadLinesAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var length = RandomAccess.GetLength(file);
        await foreach (var line in JournalLines.ReadAsync(file, _goodLength, length, cancellationToken))
        {
            if (!TryTake(line.Bytes.Span, out var isLost))
            {
                _isDamaged = true;
                if (isLost)
                {
                    return;
                }
                continue;
            }
            _isDamaged = false;
            _goodLength = line.End;
            _endsWithoutLineFeed = !line.HasLineFeed;
        }
    }

    /// <param name="line">Without its line feed.</param>
    /// <param name="isLost">True when the line shows that an event before it is gone.</param>
    private bool TryTake(ReadOnlySpan<byte> line, out bool isLost)
    {
        isLost = false;
        if (JournalLine.IsSnapshot(line))
        {
            // Behind a bad line nobody knows what it stands for.
            return JournalLine.IsWhole(line) && !_isDamaged;
        }
        if (JournalLine.Read(line) is not { Seq: { } seq } envelope)
        {
            return false;
        }
        if (seq != _lastSeq + 1)
        {
            isLost = true;
            return false;
        }
        if (envelope.Event is SessionCreated { Version: > SessionCreated.CurrentVersion })
        {
            throw JournalLine.WrittenByNewerVersion();
        }
        _state.Apply(envelope);
        _lastSeq = seq;
        return true;
    }

    private JournalContents Contents() =>
        new(
            _lastSeq,
            _goodLength,
            _start,
            _isDamaged ? LastLine.Damaged
                : _endsWithoutLineFeed ? LastLine.WithoutLineFeed
                : LastLine.Whole
        );
}

/// <param name="LastSeq">The number of the last event that is there.</param>
/// <param name="GoodLength">Bytes of the file up to the end of its last good line.</param>
/// <param name="SnapshotAt">Where the snapshot stands from which it was read; 0 when there was none.</param>
/// <param name="LastLine">What stands at the end of the good part.</param>
internal sealed record JournalContents(long LastSeq, long GoodLength, long SnapshotAt, LastLine LastLine);

/// <summary>How the readable part of a journal ends.</summary>
internal enum LastLine
{
    Whole,

    /// <summary>The last event is there, its line feed is not.</summary>
    WithoutLineFeed,

    /// <summary>What follows cannot be read.</summary>
    Damaged,
}
