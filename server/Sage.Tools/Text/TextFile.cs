using System.Text;
using UtfUnknown;

namespace Sage.Tools.Text;

/// <summary>The text of a file together with how it is written on disk, so that what is not edited keeps its bytes.</summary>
/// <param name="Text">With the file's own line endings.</param>
/// <param name="Codec">How it is encoded.</param>
internal sealed record TextFile(string Text, TextCodec Codec)
{
    /// <summary>Reads bytes that are known to be text: see <see cref="ContentKind"/>.</summary>
    public static TextFile Decode(ReadOnlySpan<byte> bytes)
    {
        var codec = CodecOf(bytes, out var text);
        return new TextFile(text, codec);
    }

    private static TextCodec CodecOf(ReadOnlySpan<byte> bytes, out string text)
    {
        ReadOnlySpan<TextCodec> unicode =
        [
            Utf8Codec.WithMark,
            Utf8Codec.EscapingWithMark,
            // Before UTF-16, whose mark theirs begins with.
            Utf32Codec.LittleEndian,
            Utf32Codec.BigEndian,
            Utf16Codec.LittleEndian,
            Utf16Codec.BigEndian,
            Utf8Codec.Plain,
        ];
        foreach (var codec in unicode)
        {
            if (codec.TryDecode(bytes, out var decoded))
            {
                text = decoded;
                return codec;
            }
        }

        return GuessedCodecOf(bytes, out text);
    }

    private static TextCodec GuessedCodecOf(ReadOnlySpan<byte> bytes, out string text)
    {
        // A few stray bytes in a file that is otherwise UTF-8 do not make it something else.
        if (IsMostlyUtf8(bytes))
        {
            Utf8Codec.Escaping.TryDecode(bytes, out var escaped);
            text = escaped!;
            return Utf8Codec.Escaping;
        }

        const float sure = 0.5f;
        var detected = CharsetDetector.DetectFromBytes(bytes.ToArray()).Detected;
        var name = detected is { Confidence: > sure, EncodingName: { } found } ? found : "windows-1252";
        foreach (var candidate in new[] { name, "windows-1252", "iso-8859-1" })
        {
            if (LegacyCodec.Find(candidate) is { } codec && codec.TryDecode(bytes, out var decoded))
            {
                text = decoded;
                return codec;
            }
        }

        text = Encoding.Latin1.GetString(bytes);
        return new LegacyCodec(Encoding.Latin1);
    }

    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (sequences, strays) = (0, 0);
        while (!bytes.IsEmpty)
        {
            if (bytes[0] < 0x80)
            {
                bytes = bytes[1..];
                continue;
            }

            var valid = Rune.DecodeFromUtf8(bytes, out _, out var length) == System.Buffers.OperationStatus.Done;
            (sequences, strays) = valid ? (sequences + 1, strays) : (sequences, strays + 1);
            bytes = bytes[length..];
        }

        return sequences > strays;
    }
}
