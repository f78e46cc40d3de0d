using System.Globalization;
using AngleSharp.Dom;

namespace Sage.Tools.Web.Html;

/// <summary>Writes the elements of a page as Markdown.</summary>
/// <param name="address">What links are relative to.</param>
/// <param name="cancellationToken">Stops it.</param>
internal sealed class MarkdownWriter(Uri address, CancellationToken cancellationToken)
{
    // Nobody nests so deep what is to be read; what does is written as words.
    private const int Deepest = 120;
    private const int DeepestList = 12;
    private const int LongestBlock = 1_000_000;

    private static readonly string[] Apart = ["p", "dl", "figure", "details", "section", "article"];

    private static readonly string[] OnTheirOwn =
    [
        "div",
        "dt",
        "dd",
        "li",
        "tr",
        "figcaption",
        "summary",
        "address",
        "header",
        "aside",
        "main",
        "form",
        "fieldset",
        "body",
        "center",
    ];

    private readonly MarkdownText _text = new();
    private int _depth;
    private int _indents;

    /// <summary>How many elements with words in them were left out because a browser would not show them.</summary>
    public int Hidden { get; private set; }

    public override string ToString() => _text.ToString();

    public void Write(INode node)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_depth >= Deepest)
        {
            _text.Words(NodeWalk.TextOf(node, LongestBlock, keepsBlanks: false));
            return;
        }

        _depth++;
        switch (node)
        {
            case IText words:
                _text.Words(words.Data);
                break;
            case IElement element when HiddenElements.IsNotProse(element):
                break;
            case IElement element when HiddenElements.IsHidden(element):
                Hidden += NodeWalk.TextOf(element, 2, keepsBlanks: false).Trim().Length > 0 ? 1 : 0;
                break;
            case IElement element:
                Write(element);
                break;
        }

        _depth--;
    }

    private void Write(IElement element)
    {
        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6']:
                Heading(element);
                break;
            case "a":
                Link(element);
                break;
            case "pre":
                Code(element);
                break;
            case "code" or "kbd" or "samp" or "tt":
                InlineCode(element);
                break;
            case "ul" or "ol":
                List(element);
                break;
            case "table":
                Table(element);
                break;
            case "blockquote":
                Indented(element, "> ");
                break;
            case var name when Apart.Contains(name):
                Block(element, _text.Paragraph);
                break;
            case var name when OnTheirOwn.Contains(name):
                Block(element, _text.Line);
                break;
            default:
                WriteInline(element);
                break;
        }
    }

    private void WriteInline(IElement element)
    {
        switch (element.LocalName)
        {
            case "br":
                _text.Line();
                break;
            case "hr":
                _text.Paragraph();
                _text.Mark("---");
                _text.Paragraph();
                break;
            case "img" when element.GetAttribute("alt") is { } alt && !string.IsNullOrWhiteSpace(alt):
                _text.Words($" [image: {alt}] ");
                break;
            default:
                Children(element);
                break;
        }
    }

    private void Children(INode node)
    {
        foreach (var child in node.ChildNodes)
        {
            Write(child);
        }
    }

    private void Block(IElement element, Action separate)
    {
        separate();
        Children(element);
        separate();
    }

    private void Heading(IElement element)
    {
        var words = InOneLine(element);
        if (words.Length > 0)
        {
            _text.Paragraph();
            _text.Mark((_text.Inline > 0 ? "" : new string('#', element.LocalName[1] - '0') + " ") + words);
            _text.Paragraph();
        }
    }

    private string InOneLine(IElement element) => _text.Capture(() => Children(element));

    private void Link(IElement element)
    {
        var target = AddressOf(element.GetAttribute("href"));
        if (target is null)
        {
            Children(element);
            return;
        }

        var words = InOneLine(element);
        if (words.Length > 0)
        {
            _text.Mark($"[{words}]({target})");
        }
    }

    /// <returns>Null for what leads to no other page.</returns>
    private string? AddressOf(string? href)
    {
        const int longest = 2_000;
        if (string.IsNullOrWhiteSpace(href) || href.StartsWith('#') || href.Length > longest)
        {
            return null;
        }

        return Uri.TryCreate(address, href.Trim(), out var target) && target.Scheme is "http" or "https"
            ? target
                .AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal)
                .Replace(")", "%29", StringComparison.Ordinal)
            : null;
    }

    private void Code(IElement element)
    {
        var code = NodeWalk.TextOf(element, LongestBlock, keepsBlanks: true).Trim('\n', '\r');
        if (_text.Inline > 0)
        {
            _text.Words(code);
            return;
        }

        var fence = new string('`', Math.Max(3, LongestRun(code) + 1));
        _text.Paragraph();
        _text.Lines($"{fence}{LanguageOf(element)}\n{code}\n{fence}");
        _text.Paragraph();
    }

    private void InlineCode(IElement element)
    {
        var code = NodeWalk.TextOf(element, LongestBlock, keepsBlanks: false).Trim();
        if (code.Length > 0)
        {
            var mark = new string('`', LongestRun(code) + 1);
            _text.Mark(mark);
            _text.Words(mark.Length > 1 ? $" {code} " : code);
            _text.Mark(mark);
        }
    }

    private static int LongestRun(string code)
    {
        var (longest, run) = (0, 0);
        foreach (var c in code)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string LanguageOf(IElement pre)
    {
        var inner = pre.Children.FirstOrDefault(static child => child.LocalName == "code");
        foreach (var element in (IElement?[])[inner, pre, pre.ParentElement, pre.ParentElement?.ParentElement])
        {
            foreach (var name in (element?.GetAttribute("class") ?? "").Split(' '))
            {
                foreach (var prefix in (string[])["language-", "lang-", "highlight-source-", "highlight-"])
                {
                    var language = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : "";
                    if (
                        language.Length is > 0 and <= 20
                        && language.All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '#' or '-')
                    )
                    {
                        return language;
                    }
                }
            }
        }

        return "";
    }

    private void List(IElement list)
    {
        if (_indents == 0)
        {
            _text.Paragraph();
        }

        var number = int.TryParse(
            list.GetAttribute("start"),
            NumberStyles.Integer,
            CultureInfo.InvariantCulture,
            out var first
        )
            ? first
            : 1;
        foreach (var child in list.ChildNodes)
        {
            if (child is IElement { LocalName: "li" } item && !HiddenElements.SaysNothing(item))
            {
                Item(item, list.LocalName == "ol" ? $"{number++}. " : "- ");
            }
            else
            {
                Write(child);
            }
        }

        if (_indents == 0)
        {
            _text.Paragraph();
        }
    }

    private void Item(IElement item, string mark)
    {
        _text.Line();
        _text.Mark(mark);
        var indents = _indents++ < DeepestList;
        _text.Open(indents ? new string(' ', mark.Length) : "");
        Children(item);
        _text.Close();
        _indents--;
        _text.Line();
    }

    private void Indented(IElement element, string prefix)
    {
        _text.Paragraph();
        _text.Open(_indents++ < DeepestList ? prefix : "");
        _text.Paragraph();
        Children(element);
        _text.Close();
        _indents--;
        _text.Paragraph();
    }

    private void Table(IElement table)
    {
        var rows = TableRows.Of(table);
        if (rows is null || _text.Inline > 0)
        {
            Block(table, _text.Paragraph);
            return;
        }

        _text.Paragraph();
        for (var row = 0; row < rows.Count; row++)
        {
            _text.Line();
            _text.Mark("|");
            rows[row].ForEach(Cell);
            if (row == 0)
            {
                _text.Line();
                _text.Mark("|" + string.Concat(Enumerable.Repeat(" --- |", rows[row].Count)));
            }
        }

        _text.Paragraph();
    }

    private void Cell(IElement cell) =>
        _text.Mark($" {InOneLine(cell).Replace("|", "\\|", StringComparison.Ordinal)} |");
}
