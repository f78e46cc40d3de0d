using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Sage.Tools.Text;

/// <summary>UTF-16 with a byte order mark. Characters are copied, not checked, so that even invalid text comes back the same.</summary>
internal sealed class Utf16Codec : TextCodec
{
    private readonly bool _bigEndian;

    private Utf16Codec(bool bigEndian) => _bigEndian = bigEndian;

    public static Utf16Codec LittleEndian { get; } = new(bigEndian: false);

    public static Utf16Codec BigEndian { get; } = new(bigEndian: true);

    public override string Name => _bigEndian ? "UTF-16 BE" : "UTF-16 LE";

    public override bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (bytes.Length % 2 != 0 || bytes.Length < 2 || Read(bytes) != '\uFEFF')
        {
            return false;
        }

        var chars = new char[bytes.Length / 2 - 1];
        for (var i = 0; i < chars.Length; i++)
        {
            chars[i] = Read(bytes[(2 * i + 2)..]);
        }

        text = new string(chars);
        return true;
    }

    public override bool TryEncode(
        string text,
        [NotNullWhen(true)] out byte[]? bytes,
        [NotNullWhen(false)] out string? unknown
    )
    {
        unknown = null;
        bytes = new byte[2 * text.Length + 2];
        Write(bytes, '\uFEFF');
        for (var i = 0; i < text.Length; i++)
        {
            Write(bytes.AsSpan(2 * i + 2), text[i]);
        }

        return true;
    }

    private char Read(ReadOnlySpan<byte> bytes) =>
        (char)(
            _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        );

    private void Write(Span<byte> bytes, char c)
    {
        if (_bigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, c);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, c);
        }
    }
}
