using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Sage.Extensibility.Markdown;

/// <summary>
/// Reads the part of YAML that front matter is written in: names with one text each, plain, quoted, or in a block, or with a list of
/// such. Maps are passed over; what is neither is a problem with its line.
/// </summary>
internal sealed partial class FrontMatterReader(string[] lines)
{
    private readonly Dictionary<string, string[]> _lists = new(StringComparer.OrdinalIgnoreCase);
    private int _at;

    /// <summary>By name: the items of lists that have a line each. Their text is empty.</summary>
    public IReadOnlyDictionary<string, string[]> Lists => _lists;

    public bool TryRead(out Dictionary<string, string> values, [NotNullWhen(false)] out string? problem)
    {
        values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        problem = null;
        while (_at < lines.Length && problem is null)
        {
            var line = lines[_at++];
            if (IsEmpty(line))
            {
                continue;
            }

            if (Entry().Match(line) is not { Success: true } entry)
            {
                problem = $"line {_at + 1} of its front matter is not `name: value`";
            }
            else if (
                !values.TryAdd(
                    entry.Groups["name"].Value,
                    Value(entry.Groups["name"].Value, entry.Groups["value"].Value, out problem)
                )
            )
            {
                problem = $"its front matter has `{entry.Groups["name"].Value}` twice";
            }
        }

        return problem is null;
    }

    private string Value(string name, string first, out string? problem)
    {
        problem = null;
        var start = first.Trim();
        switch (start)
        {
            case ['|' or '>', ..] when Block().IsMatch(start):
                return ReadBlock(isFolded: start[0] == '>');
            case ['"' or '\'', ..]:
                return Quoted(start, out problem);
            case "" or ['#', ..]:
                var items = Continuation();
                if (items.Count > 0 && items.TrueForAll(static item => item is "-" or ['-', ' ', ..]))
                {
                    _lists[name] = [.. items.Select(static item => Item(item[1..].Trim()))];
                }

                return "";
            default:
                return string.Join(' ', [WithoutComment(start), .. Continuation().Select(WithoutComment)]);
        }
    }

    /// <summary>The lines of a block, without the indentation of the first.</summary>
    private string ReadBlock(bool isFolded)
    {
        var block = new List<string>();
        while (_at < lines.Length && (lines[_at].Length == 0 || lines[_at][0] is ' ' or '\t'))
        {
            block.Add(lines[_at++].TrimEnd());
        }

        var indent = block.FirstOrDefault(static line => line.Length > 0) is { } text
            ? text.Length - text.TrimStart().Length
            : 0;
        var read = block.Select(line => line[Math.Min(indent, line.Length - line.TrimStart().Length)..]);
        return isFolded ? Fold(read) : string.Join('\n', read).TrimEnd();
    }

    // An empty line is a break, any other end of a line a space.
    private static string Fold(IEnumerable<string> read)
    {
        var text = new StringBuilder();
        foreach (var line in read)
        {
            var isGlued = text.Length == 0 || text[^1] == '\n' || line.Length == 0;
            text.Append(isGlued ? "" : " ").Append(line.Length == 0 ? "\n" : line);
        }

        return text.ToString().TrimEnd();
    }

    private static string Quoted(string text, out string? problem)
    {
        var match = text[0] == '"' ? DoubleQuoted().Match(text) : SingleQuoted().Match(text);
        problem = match.Success ? null : $"the quotes of {text} do not end on their line";
        var inner = match.Groups["text"].Value;
        return text[0] == '\''
            ? inner.Replace("''", "'", StringComparison.Ordinal)
            : Escape()
                .Replace(
                    inner,
                    static escape =>
                        escape.Groups[1].ValueSpan[0] switch
                        {
                            'n' => "\n",
                            't' => "\t",
                            _ => escape.Groups[1].Value,
                        }
                );
    }

    /// <summary>Indented lines belong to the name above them; so do the items of a list.</summary>
    private List<string> Continuation()
    {
        var more = new List<string>();
        while (_at < lines.Length && (IsEmpty(lines[_at]) || lines[_at][0] is ' ' or '\t' or '-'))
        {
            if (!IsEmpty(lines[_at]))
            {
                more.Add(lines[_at].Trim());
            }

            _at++;
        }

        return more;
    }

    private static string Item(string item) =>
        item is ['"' or '\'', ..] && Quoted(item, out var problem) is var text && problem is null
            ? text
            : WithoutComment(item);

    private static string WithoutComment(string plain) =>
        plain.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var at ? plain[..at].TrimEnd() : plain;

    private static bool IsEmpty(string line) => string.IsNullOrWhiteSpace(line) || line.TrimStart()[0] == '#';

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9_-]+)\s*:(?:\s+(?<value>.*))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^[|>][-+0-9]*\s*(#.*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex("""^"(?<text>([^"\\]|\\.)*)"\s*(#.*)?$""", RegexOptions.ExplicitCapture)]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(@"^'(?<text>([^']|'')*)'\s*(#.*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex SingleQuoted();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
