using System.Security.Cryptography;
using System.Text;

namespace Sage.Agent.ToolCalls;

/// <summary>
/// Puts content from outside between marks that it cannot forge, and takes out of it what people do not see. Done once, when the
/// result is made: what is journalled is what every later request says.
/// </summary>
internal static class OutsideMark
{
    private const int LongestSource = 300;

    /// <summary>A result whose content from outside is, marked and cut to the budget, part of its text.</summary>
    /// <param name="result">What the tool gave.</param>
    /// <param name="fit">Cuts a text to what the model gets to read.</param>
    /// <param name="nonce">Makes a word that nobody can guess.</param>
    public static ToolResult Apply(ToolResult result, Func<string, string> fit, Func<string> nonce)
    {
        if (result.Outside is not { } outside)
        {
            return result;
        }

        var visible = VisibleText.Of(outside.Text);
        var hidden = visible.Removed switch
        {
            0 => "",
            1 => "\n[1 invisible character was taken out of it.]",
            var count => $"\n[{count:N0} invisible characters were taken out of it; text can be hidden in them.]",
        };
        var id = Fresh(visible.Text, nonce);
        // Marked before it is cut, so that the spill file, too, says what it is.
        var marked =
            $"<{OutsideText.MarkWord} id=\"{id}\" source=\"{OneLine(outside.Source)}\">\n{visible.Text}\n</{OutsideText.MarkWord} id=\"{id}\">";
        return result with { Text = $"{result.Text}{(result.Text.Length > 0 ? "\n" : "")}{fit(marked)}{hidden}" };
    }

    /// <summary>
    /// What a prompt points at, between marks. They are made of the text, for the message must be the same in every request, and
    /// no text can hold its own print.
    /// </summary>
    public static string Around(string source, string text)
    {
        var visible = VisibleText.Of(text).Text;
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{visible}")))[..16];
        return $"<{OutsideText.MarkWord} id=\"{id}\" source=\"{OneLine(source)}\">\n{visible}\n</{OutsideText.MarkWord} id=\"{id}\">";
    }

    public static string NewNonce() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>A source is words of others, too: it must not end its quotes, nor its line.</summary>
    public static string OneLine(string source)
    {
        var line = new StringBuilder(Math.Min(source.Length, LongestSource));
        foreach (var c in VisibleText.Of(source).Text)
        {
            line.Append(c is '"' or '<' or '>' || char.IsControl(c) ? '_' : c);
            if (line.Length == LongestSource)
            {
                return line.Append('…').ToString();
            }
        }

        return line.ToString();
    }

    private static string Fresh(string text, Func<string> nonce)
    {
        var id = nonce();
        while (text.Contains(id, StringComparison.OrdinalIgnoreCase))
        {
            id = nonce();
        }

        return id;
    }
}
