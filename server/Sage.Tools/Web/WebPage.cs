using Sage.Tools.Text;
using Sage.Tools.Web.Guarding;
using Sage.Tools.Web.Html;

namespace Sage.Tools.Web;

/// <summary>A page as the model reads it.</summary>
/// <param name="Address">Where it was in the end.</param>
/// <param name="Text">Markdown, or what it says as it is.</param>
/// <param name="Remarks">What Sage has to say of it; nothing in it is the page's.</param>
internal sealed record WebPage(WebAddress Address, string Text, string Remarks)
{
    /// <returns>Null when it is not text; then the remark says what it is.</returns>
    public static async Task<(WebPage? Page, string Remark)> ReadAsync(
        Fetched.Page fetched,
        CancellationToken cancellationToken
    )
    {
        var bytes = fetched.Body.Bytes;
        var size = FileSize.Text(bytes.Length) + (fetched.Body.IsCut ? " or more" : "");
        if (KindOf(fetched.MediaType, bytes.Span) is not { } kind)
        {
            return (null, $"It is not text: {NameOf(fetched.MediaType, bytes.Span)}, {size}.");
        }

        var cut = fetched.Body.IsCut ? $" Only its first {FileSize.Text(WebBody.Most)} were read." : "";
        var text = WebText.Decode(bytes.Span, fetched.Charset);
        if (kind == Kind.Plain)
        {
            return (new WebPage(fetched.Address, text, $"{size}.{cut}"), "");
        }

        var page = await HtmlPage.ReadAsync(text, fetched.Address.Uri, cancellationToken);
        var hidden = page.Hidden == 0 ? "" : $" {page.Hidden} hidden passages were left out.";
        return (new WebPage(fetched.Address, page.Markdown, $"{size} of HTML.{cut}{hidden}"), "");
    }

    private static Kind? KindOf(string mediaType, ReadOnlySpan<byte> bytes)
    {
        var type = mediaType.ToLowerInvariant();
        if (ContentKind.Of(bytes) is not ContentKind.Text)
        {
            return null;
        }

        return type switch
        {
            "text/html" or "application/xhtml+xml" => Kind.Html,
            "" => LooksLikeHtml(bytes) ? Kind.Html : Kind.Plain,
            _ when IsText(type) => Kind.Plain,
            _ => null,
        };
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal)
        || type.EndsWith("+json", StringComparison.Ordinal)
        || type.EndsWith("+xml", StringComparison.Ordinal)
        || type
            is "application/json"
                or "application/xml"
                or "application/javascript"
                or "application/ecmascript"
                or "application/x-ndjson"
                or "application/yaml"
                or "application/x-yaml"
                or "application/toml"
                or "application/sql"
                or "application/x-sh";

    private static bool LooksLikeHtml(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.TrimStart(" \t\r\n"u8);
        return start.StartsWith("<!"u8) || start.StartsWith("<html"u8) || start.StartsWith("<HTML"u8);
    }

    private static string NameOf(string mediaType, ReadOnlySpan<byte> bytes) =>
        ContentKind.Of(bytes) switch
        {
            ContentKind.Image image => $"an image ({image.MediaType})",
            ContentKind.Binary binary => binary.Name,
            _ => mediaType.Length <= 60 ? mediaType : "of a type that is not known",
        };

    private enum Kind
    {
        Plain,
        Html,
    }
}
