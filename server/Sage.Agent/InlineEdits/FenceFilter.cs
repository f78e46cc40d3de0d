using System.Text;

namespace Sage.Agent.InlineEdits;

/// <summary>Removes one code fence around a streamed text, and the final newline, without holding back more than a line.</summary>
internal sealed class FenceFilter
{
    private readonly StringBuilder _held = new();
    private bool _started;
    private bool _fenced;

    /// <summary>What of the text so far is certain to belong to the answer.</summary>
    public string Take(string piece)
    {
        _held.Append(piece);
        if (!_started && !TryStart())
        {
            return "";
        }

        // The last line may turn out to be the closing fence, or an empty one.
        var text = _held.ToString();
        var keep = text.TrimEnd().LastIndexOf('\n');
        if (keep < 0)
        {
            keep = IsFencePrefix(text) ? 0 : text.TrimEnd().Length;
        }
        else if (!IsFencePrefix(text[(keep + 1)..]))
        {
            keep = text.TrimEnd().Length;
        }

        _held.Remove(0, keep);
        return text[..keep];
    }

    /// <summary>The rest, when the stream has ended.</summary>
    public string Finish()
    {
        var text = _held.ToString();
        if (!_started)
        {
            return text.TrimEnd('\n', '\r');
        }

        var trimmed = text.TrimEnd();
        if (_fenced && trimmed.EndsWith("```", StringComparison.Ordinal))
        {
            trimmed = trimmed[..^3];
        }

        return _fenced ? trimmed.TrimEnd('\n', '\r') : text.TrimEnd('\n', '\r');
    }

    private bool TryStart()
    {
        var text = _held.ToString();
        if (text.TrimStart().StartsWith("```", StringComparison.Ordinal))
        {
            var opening = text.IndexOf("```", StringComparison.Ordinal);
            var endOfOpening = text.IndexOf('\n', opening);
            if (endOfOpening < 0)
            {
                return false;
            }

            _fenced = true;
            _started = true;
            _held.Remove(0, endOfOpening + 1);
            return true;
        }

        // Up to two backticks may be the start of a fence that has not arrived whole.
        var undecided = text.Trim() is "" or "`" or "``";
        _started = !undecided;
        return _started;
    }

    private bool IsFencePrefix(string line) => _fenced && line.Trim() is "" or "`" or "``" or "```";
}
