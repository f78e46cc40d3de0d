using System.Text.Json;
using Sage.Tools.Text;

namespace Sage.Tools.Search;

/// <summary>Reads what <c>rg --json</c> writes, one message a line.</summary>
internal sealed class RipgrepOutput(string folder)
{
    private readonly List<FoundLine> _lines = [];

    /// <summary>Takes one message; gives a file when it is complete.</summary>
    public FileMatches? Read(string message)
    {
        try
        {
            return Take(JsonElement.Parse(message));
        }
        catch (JsonException)
        {
            // The last words of a child that was killed.
            return null;
        }
    }

    private FileMatches? Take(JsonElement message)
    {
        var data = message.GetProperty("data");
        switch (message.GetProperty("type").GetString())
        {
            case "match":
                Add(data, isMatch: true);
                return null;
            case "context":
                Add(data, isMatch: false);
                return null;
            case "end":
                return End(data);
            default:
                _lines.Clear();
                return null;
        }
    }

    private void Add(JsonElement data, bool isMatch)
    {
        var number = data.GetProperty("line_number").GetInt32();
        var text = TextOf(data.GetProperty("lines"));
        foreach (var line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
        {
            _lines.Add(new FoundLine(number++, FoundText.Cut(line.AsSpan().TrimEnd('\r')), isMatch));
        }
    }

    private FileMatches? End(JsonElement data)
    {
        var isBinary = data.GetProperty("binary_offset").ValueKind == JsonValueKind.Number;
        var path = Path.GetFullPath(TextOf(data.GetProperty("path")), folder);
        return isBinary || _lines.Count == 0 ? null : new FileMatches(path, [.. _lines]);
    }

    /// <summary>Text that is no UTF-8 comes as bytes.</summary>
    private static string TextOf(JsonElement element) =>
        element.TryGetProperty("text", out var text)
            ? text.GetString()!
            : TextFile.Decode(element.GetProperty("bytes").GetBytesFromBase64()).Text;
}
