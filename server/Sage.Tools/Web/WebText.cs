using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Sage.Tools.Web;

/// <summary>Reads the bytes of a page as text: by their mark, by what the server says, by what the page says, else as UTF-8 or Windows-1252.</summary>
internal static partial class WebText
{
    private const int HeadSize = 2_048;

    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Encoding.UTF8.GetString(bytes[3..]);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode.GetString(bytes[2..]);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        }

        return (Find(charset) ?? Find(SaidBy(bytes)) ?? Guess(bytes)).GetString(bytes);
    }

    private static Encoding Guess(ReadOnlySpan<byte> bytes)
    {
        // A body that was cut may end in a part of a character.
        var isCut = bytes.Length >= WebBody.Most;
        for (var missing = 0; missing <= (isCut ? 3 : 0); missing++)
        {
            if (Utf8.IsValid(bytes[..^missing]))
            {
                return Encoding.UTF8;
            }
        }

        return CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    }

    private static string? SaidBy(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadSize)]);
        return CharsetInMeta().Match(head) is { Success: true } found ? found.Groups[1].Value : null;
    }

    private static Encoding? Find(string? name)
    {
        try
        {
            return name?.ToLowerInvariant() switch
            {
                null or "" => null,
                "utf8" or "utf-8" => Encoding.UTF8,
                // What the web means by these.
                "iso-8859-1" or "latin1" or "ascii" or "us-ascii" => CodePagesEncodingProvider.Instance.GetEncoding(
                    1252
                ),
                var other => CodePagesEncodingProvider.Instance.GetEncoding(other) ?? Encoding.GetEncoding(other),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        """<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_-]{2,40})""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex CharsetInMeta();
}
