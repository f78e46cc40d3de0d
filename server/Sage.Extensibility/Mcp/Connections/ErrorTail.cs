using Sage.Extensibility.Memory;

namespace Sage.Extensibility.Mcp.Connections;

/// <summary>The last words of a server's error stream: when it does not work, they usually say why.</summary>
/// <param name="said">Gets all of it.</param>
internal sealed class ErrorTail(Action<string>? said = null)
{
    private const int Most = 2_000;

    private readonly Lock _gate = new();
    private string _text = "";

    public void Add(string text)
    {
        lock (_gate)
        {
            var all = _text + text;
            _text = all.Length <= Most ? all : all[^Most..];
        }

        said?.Invoke(text);
    }

    /// <summary>The last line with something in it; empty when it said nothing.</summary>
    public string LastLine
    {
        get
        {
            lock (_gate)
            {
                var lines = _text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return lines is [.., var last] ? PlainText.OneLine(last) : "";
            }
        }
    }
}
