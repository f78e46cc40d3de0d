using System.Collections.Immutable;
using ModelContextProtocol.Protocol;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Extensibility.Mcp.Tools;

/// <summary>What a server answered, as the model gets to read it: all of it content from outside, whatever it says of itself.</summary>
internal static class McpResult
{
    private static readonly ImmutableArray<string> Pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    /// <param name="answer">The server's.</param>
    /// <param name="source">Where it comes from, for people.</param>
    /// <param name="isTrusted">Whether the user said that it raises no questions.</param>
    public static ToolResult Of(CallToolResult answer, string source, bool isTrusted)
    {
        var text = string.Join("\n", answer.Content.Select(TextOf).Where(static part => part.Length > 0));
        if (text.Length == 0 && answer.StructuredContent is { } structured)
        {
            text = structured.GetRawText();
        }

        var isError = answer.IsError == true;
        return new ToolResult(
            isError ? ToolCallStatus.Error : ToolCallStatus.Ok,
            isError ? "The server says that it failed:" : ""
        )
        {
            Images = [.. answer.Content.OfType<ImageContentBlock>().Where(IsShown).Select(ToImage)],
            Outside = new OutsideText(source, text.Length == 0 ? "(It answered with nothing.)" : text)
            {
                IsTrusted = isTrusted,
            },
        };
    }

    public static string TextOf(ContentBlock content) =>
        content switch
        {
            TextContentBlock text => text.Text,
            ImageContentBlock image when IsShown(image) => $"[an image, {image.MimeType}]",
            ImageContentBlock image => $"[an image of the kind {image.MimeType}, which cannot be shown]",
            AudioContentBlock audio => $"[sound, {audio.MimeType}, {audio.DecodedData.Length:N0} bytes: left out]",
            EmbeddedResourceBlock { Resource: TextResourceContents resource } => $"[{resource.Uri}]\n{resource.Text}",
            EmbeddedResourceBlock { Resource: BlobResourceContents blob } =>
                $"[{blob.Uri}, {blob.MimeType ?? "binary"}, {blob.DecodedData.Length:N0} bytes: left out]",
            ResourceLinkBlock link => $"[{link.Name}: {link.Uri}]{(link.Description is { } words ? $" {words}" : "")}",
            _ => $"[content of the kind {content.Type}: left out]",
        };

    public static bool IsPicture(string? mimeType) =>
        mimeType is not null && Pictures.Contains(mimeType, StringComparer.OrdinalIgnoreCase);

    public static bool IsShown(ImageContentBlock image) => IsPicture(image.MimeType);

    public static ImagePart ToImage(ImageContentBlock image) =>
        new(image.MimeType, Convert.ToBase64String(image.DecodedData.Span));
}
