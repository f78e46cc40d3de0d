using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Sage.Tools.Web.Html;

/// <summary>A page of HTML as Markdown: what it says, without what surrounds it.</summary>
/// <param name="Markdown">Begins with its title.</param>
/// <param name="Hidden">How many elements with text were left out because people would not see them.</param>
internal sealed record HtmlPage(string Markdown, int Hidden)
{
    // A page whose main part says less than this has it elsewhere.
    private const int ShortestMain = 200;

    public static async Task<HtmlPage> ReadAsync(string html, Uri address, CancellationToken cancellationToken)
    {
        using var document = await new HtmlParser().ParseDocumentAsync(html, cancellationToken);
        var root = document.Body ?? (INode)document.DocumentElement;
        var main = Main(root) ?? root;
        var writer = new MarkdownWriter(AddressesFrom(document, address), cancellationToken);
        writer.Write(main);
        var text = writer.ToString();
        var title = document.Head is { } head ? TitleOf(head) : "";
        var isSaid = title.Length == 0 || text.Contains($"# {title}\n", StringComparison.Ordinal);
        return new HtmlPage(isSaid ? text : $"Title: {title}\n\n{text}", writer.Hidden);
    }

    private static IElement? Main(INode root)
    {
        IElement? article = null;
        var articles = 0;
        foreach (var element in NodeWalk.Elements(root))
        {
            if (element.LocalName == "main" || element.GetAttribute("role") == "main")
            {
                return SaysEnough(element) ? element : null;
            }

            if (element.LocalName == "article")
            {
                (article, articles) = (article ?? element, articles + 1);
            }
        }

        return articles == 1 && SaysEnough(article!) ? article : null;
    }

    private static bool SaysEnough(IElement element) =>
        NodeWalk.TextOf(element, ShortestMain, keepsBlanks: false).Length >= ShortestMain;

    private static Uri AddressesFrom(IDocument document, Uri address)
    {
        var written = document.Head is { } head
            ? NodeWalk.Elements(head).FirstOrDefault(static e => e.LocalName == "base")?.GetAttribute("href")
            : null;
        return written is not null && Uri.TryCreate(address, written, out var from) ? from : address;
    }

    private static string TitleOf(INode head)
    {
        var title = NodeWalk.Elements(head).FirstOrDefault(static element => element.LocalName == "title");
        var words = new StringBuilder();
        foreach (var child in title?.ChildNodes ?? Enumerable.Empty<INode>())
        {
            words.Append(child.NodeValue);
        }

        return string.Join(' ', words.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
