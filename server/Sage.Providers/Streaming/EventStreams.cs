using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Sage.Providers.Failures;

namespace Sage.Providers.Streaming;

/// <summary>Makes sure that a successful answer is a stream of events, and not a page or an error in disguise.</summary>
internal static class EventStreams
{
    private const int MaxErrorBody = 64 * 1024;

    /// <returns>The body, untouched.</returns>
    public static async Task<Stream> EnsureAsync(string? mediaType, Stream body, CancellationToken cancellationToken)
    {
        // Self-made servers label streams in many ways; only what cannot be one is refused.
        if (mediaType is not ("text/html" or "application/json"))
        {
            return body;
        }
        await using (body)
        {
            var text = await ReadStartAsync(body, cancellationToken);
            if (mediaType is "application/json" && ErrorIn(text) is { } error)
            {
                throw error;
            }
            throw new NotAStreamException(mediaType);
        }
    }

    /// <summary>We ask for no compression, but proxies compress what nobody asked them to.</summary>
    public static Stream Decompress(string? encoding, Stream body) =>
        encoding?.Trim().ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            _ => body,
        };

    /// <summary>The start of an error's body; the rest is of no interest.</summary>
    public static async Task<string> ReadStartAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxErrorBody];
        var length = await body.ReadAtLeastAsync(
            buffer,
            MaxErrorBody,
            throwOnEndOfStream: false,
            cancellationToken: cancellationToken
        );
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static StreamErrorException? ErrorIn(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var said = VendorWords.Read(document.RootElement);
            return said.IsFromVendor ? new StreamErrorException(said.Kind, said.Message) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
