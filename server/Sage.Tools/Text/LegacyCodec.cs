using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sage.Tools.Text;

/// <summary>An encoding from before Unicode, used only for bytes that survive the round trip.</summary>
internal sealed class LegacyCodec : TextCodec
{
    private readonly Encoding _strict;

    public LegacyCodec(Encoding encoding)
    {
        _strict = (Encoding)encoding.Clone();
        _strict.EncoderFallback = EncoderFallback.ExceptionFallback;
    }

    public override string Name => _strict.WebName;

    public override bool IsUnicode => false;

    /// <summary>The encoding of that name, if this system knows it.</summary>
    public static LegacyCodec? Find(string name)
    {
        var encoding =
            CodePagesEncodingProvider.Instance.GetEncoding(name)
            ?? (name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null);
        return encoding is null ? null : new LegacyCodec(encoding);
    }

    public override bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = _strict.GetString(bytes);
        if (!TryEncode(text, out var again, out _) || !bytes.SequenceEqual(again))
        {
            text = null;
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
        try
        {
            bytes = _strict.GetBytes(text);
            return true;
        }
        catch (EncoderFallbackException e)
        {
            unknown = e.CharUnknown != '\0' ? $"“{e.CharUnknown}”" : $"“{e.CharUnknownHigh}{e.CharUnknownLow}”";
            return false;
        }
    }
}
