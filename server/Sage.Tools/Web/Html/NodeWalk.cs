using System.Text;
using AngleSharp.Dom;

namespace Sage.Tools.Web.Html;

/// <summary>Walks trees of any depth without the stack: a page may nest a hundred thousand elements.</summary>
internal static class NodeWalk
{
    /// <summary>All elements below a node, in order.</summary>
    public static IEnumerable<IElement> Elements(INode root) => Nodes(root, static _ => true).OfType<IElement>();

    /// <summary>The words below a node that people would see.</summary>
    /// <param name="root">The node.</param>
    /// <param name="most">Stops when there are so many characters.</param>
    /// <param name="keepsBlanks">As in code; else every run of white space is one blank.</param>
    public static string TextOf(INode root, int most, bool keepsBlanks)
    {
        var text = new StringBuilder();
        foreach (var node in Nodes(root, static element => !HiddenElements.SaysNothing(element)))
        {
            if (node is IText words)
            {
                Append(text, words.Data, keepsBlanks);
            }
            else if (node is IElement { LocalName: "br" })
            {
                text.Append('\n');
            }

            if (text.Length >= most)
            {
                return text.ToString(0, most);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<INode> Nodes(INode root, Predicate<IElement> goesInto)
    {
        var open = new Stack<(INodeList Children, int Next)>();
        open.Push((root.ChildNodes, 0));
        while (open.TryPop(out var level))
        {
            if (level.Next >= level.Children.Length)
            {
                continue;
            }

            open.Push((level.Children, level.Next + 1));
            var node = level.Children[level.Next];
            if (node is not IElement element || goesInto(element))
            {
                yield return node;
                open.Push((node.ChildNodes, 0));
            }
        }
    }

    private static void Append(StringBuilder text, string words, bool keepsBlanks)
    {
        foreach (var c in words)
        {
            if (keepsBlanks || !char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[^1] != ' ')
            {
                text.Append(' ');
            }
        }
    }
}
