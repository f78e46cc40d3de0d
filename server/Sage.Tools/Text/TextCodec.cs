using System.Diagnostics.CodeAnalysis;

namespace Sage.Tools.Text;

/// <summary>One way bytes and text turn into each other without loss: what was decoded encodes to the same bytes.</summary>
internal abstract class TextCodec
{
    /// <summary>For people: <c>UTF-8</c>, <c>windows-1252</c>.</summary>
    public abstract string Name { get; }

    /// <summary>True for plain UTF-8 and UTF-16 with a byte order mark, which every editor reads alike.</summary>
    public virtual bool IsUnicode => true;

    /// <summary>False when the bytes are not text of this encoding, or would not come back the same.</summary>
    public abstract bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text);

    /// <summary>False when the encoding has no bytes for a character.</summary>
    /// <param name="text">LF, CRLF or whatever it holds.</param>
    /// <param name="bytes">With the byte order mark, where the codec has one.</param>
    /// <param name="unknown">The first character without bytes.</param>
    public abstract bool TryEncode(
        string text,
        [NotNullWhen(true)] out byte[]? bytes,
        [NotNullWhen(false)] out string? unknown
    );
}
