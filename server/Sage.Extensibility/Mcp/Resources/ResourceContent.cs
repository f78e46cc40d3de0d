using System.Collections.Immutable;
using ModelContextProtocol.Protocol;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Tools;
using Sage.Protocol.Turns;

namespace Sage.Extensibility.Mcp.Resources;

/// <summary>What a server gave to read, as part of a prompt: content from outside, as long as a prompt can bear.</summary>
internal static class ResourceContent
{
    private const int MostCharacters = 50_000;
    private const int MostPictureBytes = 5 * 1024 * 1024;

    public static ImmutableArray<InputPart> Of(ResourceContents contents, McpServerSpec spec) =>
        contents switch
        {
            TextResourceContents text => [Part(spec, text.Uri, Cut(text.Text))],
            BlobResourceContents blob
                when McpResult.IsPicture(blob.MimeType) && blob.DecodedData.Length <= MostPictureBytes =>
            [
                Part(spec, blob.Uri, $"[an image, {blob.MimeType}]"),
                new ImagePart(blob.MimeType!, Convert.ToBase64String(blob.DecodedData.Span)),
            ],
            BlobResourceContents blob =>
            [
                Part(spec, blob.Uri, $"[{blob.MimeType ?? "binary"}, {blob.DecodedData.Length:N0} bytes: left out]"),
            ],
            _ => [],
        };

    public static ResourcePart Part(McpServerSpec spec, string uri, string text) =>
        new(spec.Name, ServerWords.Line(uri), text, spec.TrustsResults ? true : null);

    private static string Cut(string text) =>
        text.Length <= MostCharacters
            ? text
            : $"{text[..MostCharacters]}\n[The first {MostCharacters:N0} of {text.Length:N0} characters.]";
}
