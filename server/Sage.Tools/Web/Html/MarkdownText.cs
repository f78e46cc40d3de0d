using System.Text;

namespace Sage.Tools.Web.Html;

/// <summary>Markdown as it is written: runs of white space become one blank, and lines begin with what their block needs.</summary>
internal sealed class MarkdownText
{
    private StringBuilder _text = new();
    private readonly Stack<int> _prefixes = new();
    private string _prefix = "";
    private int _breaks;
    private bool _space;

    /// <summary>Above 0, blocks are written in one line: in links and cells.</summary>
    public int Inline { get; private set; }

    /// <summary>What comes next begins a line.</summary>
    public void Line() => Break(1);

    /// <summary>What comes next stands apart.</summary>
    public void Paragraph() => Break(2);

    /// <summary>What the lines of a block begin with, until it is closed.</summary>
    public void Open(string prefix)
    {
        _prefixes.Push(_prefix.Length);
        _prefix += prefix;
    }

    public void Close() => _prefix = _prefix[.._prefixes.Pop()];

    /// <summary>Words of a page.</summary>
    public void Words(string words)
    {
        foreach (var c in words)
        {
            if (char.IsWhiteSpace(c))
            {
                _space = true;
                continue;
            }

            Begin();
            _text.Append(c);
        }
    }

    /// <summary>Marks of ours.</summary>
    public void Mark(string mark)
    {
        Begin();
        _text.Append(mark);
    }

    /// <summary>Lines as they are.</summary>
    public void Lines(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            Line();
            Begin();
            _text.Append(line.TrimEnd('\r'));
            // An empty line, too, is one.
            _breaks = 1;
        }
    }

    /// <summary>What is written meanwhile, in one line; nothing of it stays here.</summary>
    public string Capture(Action write)
    {
        var outer = (_text, _prefix, _breaks, _space);
        (_text, _prefix, _breaks, _space) = (new StringBuilder(), "", 0, false);
        Inline++;
        write();
        Inline--;
        var captured = _text.ToString();
        (_text, _prefix, _breaks, _space) = outer;
        return captured;
    }

    public override string ToString() => _text.ToString().Trim('\n');

    private void Break(int breaks)
    {
        if (Inline > 0)
        {
            _space = true;
        }
        else
        {
            (_breaks, _space) = (Math.Max(_breaks, breaks), false);
        }
    }

    private void Begin()
    {
        if (_breaks > 0 && _text.Length > 0)
        {
            if (_breaks > 1)
            {
                _text.Append('\n').Append(_prefix.TrimEnd());
            }

            _text.Append('\n').Append(_prefix);
        }
        else if (_text.Length == 0)
        {
            _text.Append(_prefix);
        }
        else if (_space)
        {
            _text.Append(' ');
        }

        (_breaks, _space) = (0, false);
    }
}
