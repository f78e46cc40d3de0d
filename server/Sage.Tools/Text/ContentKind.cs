namespace Sage.Tools.Text;

/// <summary>What a file holds, judged by its first bytes.</summary>
internal abstract record ContentKind
{
    /// <summary>How many bytes are looked at.</summary>
    public const int HeadSize = 8 * 1024;

    private ContentKind() { }

    public sealed record Text : ContentKind;

    /// <param name="MediaType">For example <c>image/png</c>.</param>
    public sealed record Image(string MediaType) : ContentKind;

    /// <param name="Name">For people, with its article: <c>a PDF document</c>.</param>
    public sealed record Binary(string Name) : ContentKind;

    public static ContentKind Of(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, HeadSize)];
        if (ImageType(head) is { } mediaType)
        {
            return new Image(mediaType);
        }

        if (head.StartsWith("%PDF-"u8))
        {
            return new Binary("a PDF document");
        }

        return HasWideMark(head) || !head.Contains((byte)0) ? new Text() : new Binary(BinaryName(head));
    }

    private static string? ImageType(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "image/gif"
        : head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;

    /// <summary>UTF-16 and UTF-32, whose text holds zero bytes.</summary>
    private static bool HasWideMark(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
        || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || head.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0xFE, 0xFF]);

    private static string BinaryName(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) ? "a ZIP archive"
        : head.StartsWith("\u007FELF"u8) ? "an executable"
        : head.StartsWith("MZ"u8) ? "a Windows executable"
        : head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "a gzip archive"
        : head.StartsWith("SQLite format 3"u8) ? "an SQLite database"
        : "a binary file";
}
