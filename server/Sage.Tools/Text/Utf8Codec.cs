using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Sage.Tools.Text;

/// <summary>
/// UTF-8, with or without a byte order mark. Bytes that are no UTF-8 become lone low surrogates U+DC80–U+DCFF, which no
/// valid text holds, so that they survive an edit elsewhere in the file.
/// </summary>
internal sealed class Utf8Codec : TextCodec
{
    private const char FirstEscape = '\uDC80';
    private const char LastEscape = '\uDCFF';
    private const int EscapeOffset = 0xDC00;

    private readonly byte[] _mark;
    private readonly bool _escapes;

    private Utf8Codec(byte[] mark, bool escapes) => (_mark, _escapes) = (mark, escapes);

    public static Utf8Codec Plain { get; } = new([], escapes: false);

    public static Utf8Codec WithMark { get; } = new([0xEF, 0xBB, 0xBF], escapes: false);

    public static Utf8Codec Escaping { get; } = new([], escapes: true);

    public static Utf8Codec EscapingWithMark { get; } = new([0xEF, 0xBB, 0xBF], escapes: true);

    public override string Name =>
        (_escapes ? "UTF-8 with invalid bytes" : "UTF-8") + (_mark.Length > 0 ? " with BOM" : "");

    public override bool IsUnicode => !_escapes;

    /// <summary>What people and models may see: escaped bytes as replacement characters.</summary>
    public static string Presentable(string text) =>
        text.AsSpan().ContainsAnyInRange(FirstEscape, LastEscape)
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
            : text;

    public override bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!bytes.StartsWith(_mark))
        {
            return false;
        }

        bytes = bytes[_mark.Length..];
        if (_escapes)
        {
            text = DecodeEscaping(bytes);
        }
        else if (Utf8.IsValid(bytes))
        {
            text = Encoding.UTF8.GetString(bytes);
        }

        return text is not null;
    }

    public override bool TryEncode(
        string text,
        [NotNullWhen(true)] out byte[]? bytes,
        [NotNullWhen(false)] out string? unknown
    )
    {
        (bytes, unknown) = (null, null);
        var output = new ArrayBufferWriter<byte>(text.Length + _mark.Length + 16);
        output.Write(_mark);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var room = output.GetSpan(Encoding.UTF8.GetMaxByteCount(Math.Min(rest.Length, 1 << 16)));
            var status = Utf8.FromUtf16(rest, room, out var read, out var written, replaceInvalidSequences: false);
            output.Advance(written);
            rest = rest[read..];
            if (status == OperationStatus.InvalidData)
            {
                if (!_escapes || rest[0] is not (>= FirstEscape and <= LastEscape))
                {
                    unknown = $"U+{(int)rest[0]:X4}";
                    return false;
                }

                output.Write([(byte)(rest[0] - EscapeOffset)]);
                rest = rest[1..];
            }
        }

        bytes = output.WrittenSpan.ToArray();
        return true;
    }

    private static string DecodeEscaping(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        var chars = new char[Math.Min(bytes.Length, 1 << 16)];
        while (!bytes.IsEmpty)
        {
            var status = Utf8.ToUtf16(bytes, chars, out var read, out var written, replaceInvalidSequences: false);
            text.Append(chars, 0, written);
            bytes = bytes[read..];
            if (status is OperationStatus.InvalidData or OperationStatus.NeedMoreData)
            {
                text.Append((char)(EscapeOffset + bytes[0]));
                bytes = bytes[1..];
            }
        }

        return text.ToString();
    }
}
