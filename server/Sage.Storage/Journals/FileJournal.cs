using System.Buffers;
using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;

namespace Sage.Storage.Journals;

/// <summary>Appends to one session's file. A line is there whole or not at all.</summary>
/// <param name="file">Unbuffered; every write goes to <paramref name="length"/>, the end of the last whole line.</param>
/// <param name="length">Bytes of whole lines in the file.</param>
/// <param name="sessionLock">Released when the journal is closed.</param>
internal sealed class FileJournal(FileStream file, long length, IDisposable sessionLock) : IJournal
{
    private const int InitialBuffer = 4 * 1024;
    private const int LargestKeptBuffer = 1024 * 1024;
    private readonly Lock gate = new();
    private ArrayBufferWriter<byte> buffer = new(InitialBuffer);
    private Utf8JsonWriter? writer;
    private bool hasLeftovers;

    /// <exception cref="IOException">The line is not in the journal; a later append may work.</exception>
    public void Append(EventEnvelope envelope)
    {
        if (envelope is not { Seq: not null, Event: DurableEvent })
        {
            throw new ArgumentException("Only numbered, durable events are journalled.", nameof(envelope));
        }
        lock (gate)
        {
            writer ??= JournalLine.CreateWriter(buffer);
            try
            {
                JournalLine.Write(envelope, buffer, writer);
                WriteLine(buffer.WrittenSpan);
            }
            finally
            {
                EmptyBuffer();
            }
        }
    }

    /// <summary>Gives the last line, whole but for its line feed, the line feed.</summary>
    public void EndLine()
    {
        lock (gate)
        {
            WriteLine("\n"u8);
        }
    }

    public void Flush()
    {
        lock (gate)
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

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        sessionLock.Dispose();
        if (writer is not null)
        {
            await writer.DisposeAsync();
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
            if (hasLeftovers)
            {
                file.SetLength(length);
                hasLeftovers = false;
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
        hasLeftovers = true;
        try
        {
            file.SetLength(length);
            hasLeftovers = false;
        }
        catch (Exception exception) when (StorageFailures.Covers(exception)) { }
    }

    private void EmptyBuffer()
    {
        if (buffer.Capacity > LargestKeptBuffer)
        {
            buffer = new ArrayBufferWriter<byte>(InitialBuffer);
        }
        else
        {
            buffer.ResetWrittenCount();
        }
    }
}
