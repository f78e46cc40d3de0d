using System.Text.RegularExpressions;
using Sage.Protocol.Mcp;

namespace Sage.Extensibility.Mcp.Overview;

/// <summary>What a server said and what became of it: the newest lines, over all its restarts.</summary>
/// <param name="time">When a line was said.</param>
/// <param name="grown">Told of each new line.</param>
internal sealed partial class ServerLog(TimeProvider time, Action grown)
{
    private const int MostLines = 1_000;
    private const int MostCharacters = 256 * 1024;
    private const int LongestLine = 2_000;

    private readonly Lock _gate = new();
    private readonly Queue<McpLogLine> _lines = new();
    private int _characters;
    private long _number;
    private string _begun = "";

    /// <summary>Takes in a piece of the error stream; pieces end anywhere.</summary>
    public void Said(string piece)
    {
        long before;
        lock (_gate)
        {
            before = _number;
            var lines = (_begun + piece).Split('\n');
            foreach (var line in lines[..^1])
            {
                Add(line, isNotice: false);
            }

            _begun = lines[^1];
            // Who never ends a line must not fill the memory.
            while (_begun.Length > LongestLine)
            {
                Add(_begun[..LongestLine], isNotice: false);
                _begun = _begun[LongestLine..];
            }

            if (_number == before)
            {
                return;
            }
        }

        grown();
    }

    /// <summary>Something that happened to the server. What it had begun to say is over.</summary>
    public void Note(string text)
    {
        lock (_gate)
        {
            if (_begun.Length > 0)
            {
                Add(_begun, isNotice: false);
                _begun = "";
            }

            Add(text, isNotice: true);
        }

        grown();
    }

    public IReadOnlyList<McpLogLine> Read(long after)
    {
        lock (_gate)
        {
            return [.. _lines.Where(line => line.Number > after)];
        }
    }

    private void Add(string text, bool isNotice)
    {
        // A bar that is drawn over and over is what it was at last.
        var last = text.TrimEnd('\r');
        var plain = Unseen().Replace(Escapes().Replace(last[(last.LastIndexOf('\r') + 1)..], ""), "");
        var line = plain.Length <= LongestLine ? plain : plain[..LongestLine] + "…";
        _lines.Enqueue(new McpLogLine(++_number, time.GetUtcNow(), isNotice, line));
        _characters += line.Length;
        while (_lines.Count > MostLines || _characters > MostCharacters)
        {
            _characters -= _lines.Dequeue().Text.Length;
        }
    }

    // Colours and the like, and titles of windows.
    [GeneratedRegex(@"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\u2028\u2029-[\t]]")]
    private static partial Regex Unseen();
}
