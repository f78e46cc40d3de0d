using System.Text;

namespace Sage.Server.Cli.Report;

/// <summary>As much of a text as a report takes, in whole lines: half a line could hold half a key, which nothing recognizes.</summary>
/// <param name="Text">With line feeds; empty when nothing fits.</param>
/// <param name="Omission">What was left out, in a sentence; null when nothing was.</param>
internal sealed record Excerpt(string Text, string? Omission)
{
    /// <summary>The first lines of a stream, which is read no further than needed.</summary>
    public static async Task<Excerpt> BeginningAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(stream, limit + 1, cancellationToken);
        if (bytes.Length <= limit)
        {
            return new Excerpt(Decode(bytes), null);
        }

        var end = bytes.AsSpan(0, limit).LastIndexOf((byte)'\n') + 1;
        return new Excerpt(Decode(bytes[..end]), $"What follows the first {Kilobytes(limit)} is left out.");
    }

    /// <summary>The last lines of a file, which others may be writing; a line that is not finished is no line.</summary>
    public static async Task<Excerpt> EndAsync(Stream file, int limit, CancellationToken cancellationToken)
    {
        var isWhole = file.Length <= limit;
        // One more: where a line feed stands before the last bytes, they begin with a whole line.
        file.Seek(isWhole ? 0 : file.Length - limit - 1, SeekOrigin.Begin);
        var bytes = await ReadAsync(file, limit + 1, cancellationToken);
        var first = isWhole ? 0 : bytes.AsSpan().IndexOf((byte)'\n') + 1;
        // Without a line feed at all both are 0, and so is what is left.
        var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        return new Excerpt(
            Decode(bytes[first..end]),
            isWhole ? null : $"What stands before the last {Kilobytes(limit)} is left out."
        );
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[most];
        var length = await stream.ReadAtLeastAsync(buffer, most, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }

    private static string Decode(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');

    private static string Kilobytes(int bytes) => $"{bytes / 1024} KB";
}
