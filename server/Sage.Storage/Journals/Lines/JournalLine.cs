using System.Buffers;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sage.Agent.Extensions;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Json;

namespace Sage.Storage.Journals.Lines;

/// <summary>
/// One line of a journal: the JSON of an <see cref="EventEnvelope"/> with a first member <c>crc</c>, the CRC-32 of what stands
/// between that member and the end of the line. A snapshot stands in a line of the same kind, as the member <c>snapshot</c>.
/// </summary>
internal static class JournalLine
{
    /// <summary>Longer lines are not read back, so they are not written either.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    // {"crc":"xxxxxxxx",
    private const int CrcStart = 8;
    private const int CrcLength = 8;
    private const int BodyStart = 18;

    // The input of a tool call may by itself be as deep as the default allows; it stands two levels down.
    private static readonly ProtocolJson Json = new(new(ProtocolJson.Default.Options) { MaxDepth = 512 });

    private static readonly SnapshotJson SnapshotJson = new(new(SnapshotJson.Default.Options) { MaxDepth = 512 });

    private static ReadOnlySpan<byte> Opening => "{\"crc\":\""u8;

    /// <summary>What stands behind the checksum of a snapshot, and in no other place of a journal at the start of a line.</summary>
    public static ReadOnlySpan<byte> SnapshotMark => "\",\"snapshot\":"u8;

    /// <summary>How far the mark of a snapshot is from the start of its line.</summary>
    public const int SnapshotMarkAt = CrcStart + CrcLength;

    /// <summary>A writer for lines: journals are not HTML, so only what JSON demands is escaped.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> buffer) =>
        new(
            buffer,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }
        );

    /// <summary>Fills an empty buffer with one whole line, line feed included.</summary>
    public static void Write(EventEnvelope envelope, ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer) =>
        Write(buffer, writer, () => JsonSerializer.Serialize(writer, envelope, Json.EventEnvelope));

    /// <summary>Fills an empty buffer with one whole line, line feed included.</summary>
    public static void Write(JournalSnapshot snapshot, ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer)
    {
        var stored = new StoredSnapshot(SessionCreated.CurrentVersion, snapshot.Seq, new(snapshot.Parts));
        var line = new SnapshotLine(stored);
        Write(buffer, writer, () => JsonSerializer.Serialize(writer, line, SnapshotJson.SnapshotLine));
    }

    private static void Write(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer, Action serialize)
    {
        buffer.Write("{\"crc\":\"00000000\""u8);
        writer.Reset(buffer);
        serialize();
        writer.Flush();

        // The buffer is ours alone: the JSON's own opening brace becomes the comma after the checksum.
        var line = System.Runtime.InteropServices.MemoryMarshal.AsMemory(buffer.WrittenMemory).Span;
        line[BodyStart - 1] = (byte)',';
        FormatCrc(line[BodyStart..], line.Slice(CrcStart, CrcLength));
        buffer.Write("\n"u8);
    }

    /// <summary>True when it says that it is a snapshot; whether it is whole is another question.</summary>
    public static bool IsSnapshot(ReadOnlySpan<byte> line) =>
        line.StartsWith(Opening) && line.Length > SnapshotMarkAt && line[SnapshotMarkAt..].StartsWith(SnapshotMark);

    /// <summary>Reads a line that is a snapshot, without its line feed.</summary>
    /// <returns>Null when it is damaged, or not one that this version can read.</returns>
    /// <exception cref="SageException">It belongs to a newer format.</exception>
    public static JournalSnapshot? ReadSnapshot(ReadOnlySpan<byte> line)
    {
        if (!IsSnapshot(line) || !IsWhole(line))
        {
            return null;
        }
        try
        {
            var stored = JsonSerializer.Deserialize(line, SnapshotJson.SnapshotLine)?.Snapshot;
            return stored switch
            {
                null => null,
                { Version: > SessionCreated.CurrentVersion } => throw WrittenByNewerVersion(),
                _ => new JournalSnapshot(stored.Seq, stored.Parts),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The number of the event in a whole line, without reading the event; null for a snapshot and for damage.</summary>
    public static long? SeqOf(ReadOnlySpan<byte> line)
    {
        if (!IsWhole(line))
        {
            return null;
        }
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 512 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not JsonTokenType.PropertyName)
                {
                    continue;
                }
                var isSeq = reader.ValueTextEquals("seq"u8);
                reader.Read();
                if (isSeq)
                {
                    return reader.GetInt64();
                }
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Not one of ours.
        }
        return null;
    }

    /// <summary>Reads one line without its line feed.</summary>
    /// <returns>Null when the line is damaged.</returns>
    /// <exception cref="SageException">The line is whole but this version does not know what it says.</exception>
    public static EventEnvelope? Read(ReadOnlySpan<byte> line)
    {
        if (!IsWhole(line))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(line, Json.EventEnvelope);
        }
        catch (JsonException) when (IsJson(line))
        {
            throw WrittenByNewerVersion();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static SageException WrittenByNewerVersion() =>
        new(
            ErrorCodes.StorageFailed,
            "This session was written by a newer version of Sage. Update Sage to open it; nothing was changed."
        );

    public static bool IsWhole(ReadOnlySpan<byte> line)
    {
        if (
            line.Length <= BodyStart
            || !line.StartsWith(Opening)
            || !line[(CrcStart + CrcLength)..].StartsWith("\","u8)
        )
        {
            return false;
        }
        Span<byte> crc = stackalloc byte[CrcLength];
        FormatCrc(line[BodyStart..], crc);
        return line.Slice(CrcStart, CrcLength).SequenceEqual(crc);
    }

    private static void FormatCrc(ReadOnlySpan<byte> body, Span<byte> destination) =>
        Utf8Formatter.TryFormat(Crc32.HashToUInt32(body), destination, out _, new StandardFormat('x', CrcLength));

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
