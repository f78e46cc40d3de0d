using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;
using Sage.Storage.Journals.Lines;
using Sage.Storage.Journals.Listing;

namespace Sage.Storage.Journals;

/// <summary>Appends to one session's file. A line is there whole or not at all.</summary>
/// <param name="file">Unbuffered; every write goes to <paramref name="length"/>, the end of the last whole line.</param>
/// <param name="length">Bytes of whole lines in the file.</param>
/// <param name="sessionLock">Released when the journal is closed.</param>
/// <param name="snapshots">When another is worth its room.</param>
internal sealed class FileJournal(
    FileStream file,
    long length,
    IDisposable sessionLock,
    SnapshotPolicy? snapshots = null
) : IJournal
{
    private const int InitialBuffer = 4 * 1024;
    private const int LargestKeptBuffer = 1024 * 1024;
    private readonly Lock _gate = new();
    private readonly SnapshotPolicy _snapshots = snapshots ?? new SnapshotPolicy();
    private ArrayBufferWriter<byte> _buffer = new(InitialBuffer);
    private Utf8JsonWriter? _writer;
    private bool _hasLeftovers;

    public bool IsReadOnly => false;

    public bool WantsSnapshot
    {
        get
        {
            lock (_gate)
            {
                return _snapshots.IsDue(length);
            }
        }
    }

    /// <exception cref="IOException">The line is not in the journal; a later append may work.</exception>
    public void Append(EventEnvelope envelope)
    {
        if (envelope is not { Seq: not null, Event: DurableEvent })
        {
            throw new ArgumentException("Only numbered, durable events are journalled.", nameof(envelope));
        }
        Append(writer => JournalLine.Write(envelope, _buffer, writer));
    }

    /// <exception cref="IOException">The line is not in the journal.</exception>
    public void Append(JournalSnapshot snapshot)
    {
        lock (_gate)
        {
            var before = length;
            Append(writer => JournalLine.Write(snapshot, _buffer, writer));
            _snapshots.Taken(before, length);
        }
    }

    public void Describe(SessionSummary summary) => SummaryFile.Write(file.Name, summary);

    /// <summary>Gives the last line, whole but for its line feed, the line feed.</summary>
    public void EndLine()
    {
        lock (_gate)
        {
            WriteLine("\n"u8);
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            try
            {
                file.Flush(flushToDisk: true);
            }
            catch (IOException exception)
            {
                throw StorageFailures.WhileWriting(exception, file.Name);
            }
        }
    }

    public async Task<ImmutableArray<EventEnvelope>> ReadAsync(
        long fromSeq,
        long beforeSeq,
        int limit,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var pages = new JournalPages(file.SafeFileHandle, Length);
            return await pages.ReadAsync(fromSeq, beforeSeq, limit, cancellationToken);
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.ToClient(exception, file.Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        sessionLock.Dispose();
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }

    private long Length
    {
        get
        {
            lock (_gate)
            {
                return length;
            }
        }
    }

    private void Append(Action<Utf8JsonWriter> write)
    {
        lock (_gate)
        {
            _writer ??= JournalLine.CreateWriter(_buffer);
            try
            {
                write(_writer);
                WriteLine(_buffer.WrittenSpan);
            }
            finally
            {
                EmptyBuffer();
            }
        }
    }

    private void WriteLine(ReadOnlySpan<byte> line)
    {
        if (line.Length > JournalLine.MaxBytes)
        {
            throw new IOException($"An event of {line.Length:N0} bytes is too large for the journal {file.Name}.");
        }
        try
        {
            if (_hasLeftovers)
            {
                file.SetLength(length);
                _hasLeftovers = false;
            }
            file.Position = length;
            file.Write(line);
            length += line.Length;
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            TakeBackPartialLine();
            throw StorageFailures.WhileWriting(exception, file.Name);
        }
    }

    // When even this fails it is tried again before the next line; a reader cuts the half line in any case.
    private void TakeBackPartialLine()
    {
        _hasLeftovers = true;
        try
        {
            file.SetLength(length);
            _hasLeftovers = false;
        }
        catch (Exception exception) when (StorageFailures.Covers(exception)) { }
    }

    private void EmptyBuffer()
    {
        if (_buffer.Capacity > LargestKeptBuffer)
        {
            _buffer = new ArrayBufferWriter<byte>(InitialBuffer);
        }
        else
        {
            _buffer.ResetWrittenCount();
        }
    }
}
