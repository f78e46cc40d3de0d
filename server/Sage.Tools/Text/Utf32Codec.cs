using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sage.Tools.Text;

/// <summary>UTF-32 with a byte order mark, where every character is valid.</summary>
internal sealed class Utf32Codec : TextCodec
{
    private const uint Mark = 0xFEFF;
    private const int Width = 4;

    private readonly bool _bigEndian;

    private Utf32Codec(bool bigEndian) => _bigEndian = bigEndian;

    public static Utf32Codec LittleEndian { get; } = new(bigEndian: false);

    public static Utf32Codec BigEndian { get; } = new(bigEndian: true);

    public override string Name => _bigEndian ? "UTF-32 BE" : "UTF-32 LE";

    // Most editors do not read it.
    public override bool IsUnicode => false;

    public override bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (bytes.Length % Width != 0 || bytes.Length < Width || Read(bytes) != Mark)
        {
            return false;
        }

        var decoded = new StringBuilder(bytes.Length / Width);
        for (var i = Width; i < bytes.Length; i += Width)
        {
            if (!Rune.TryCreate(Read(bytes[i..]), out var rune))
            {
                return false;
            }

            decoded.Append(rune.ToString());
        }

        text = decoded.ToString();
        return true;
    }

    public override bool TryEncode(
        string text,
        [NotNullWhen(true)] out byte[]? bytes,
        [NotNullWhen(false)] out string? unknown
    )
    {
        (bytes, unknown) = (null, null);
        using var output = new MemoryStream(Width * (text.Length + 1));
        Write(output, Mark);
        for (var i = 0; i < text.Length; )
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                unknown = $"U+{(int)text[i]:X4}";
                return false;
            }

            Write(output, (uint)rune.Value);
            i += rune.Utf16SequenceLength;
        }

        bytes = output.ToArray();
        return true;
    }

    private uint Read(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private void Write(MemoryStream output, uint value)
    {
        Span<byte> bytes = stackalloc byte[Width];
        if (_bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        output.Write(bytes);
    }
}
