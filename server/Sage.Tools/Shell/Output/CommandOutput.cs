using System.Text;

namespace Sage.Tools.Shell.Output;

/// <summary>
/// What the model gets to read of a command's output, at its end or piece by piece: all of it within the budget, else head
/// and tail, with the whole in a spill file. Its memory is bounded by the budget. Thread-safe.
/// </summary>
/// <param name="budget">Characters of one piece.</param>
/// <param name="openSpill">Creates the spill file, when it is needed.</param>
internal sealed class CommandOutput(int budget, Func<SpillFile> openSpill) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _tail = new();
    private readonly TerminalText _terminal = new();
    private SpillFile? _spill;
    private long _length;

    private int HeadBudget => budget / 3;
    private int TailBudget => budget - HeadBudget;

    /// <summary>True when there is something to take.</summary>
    public bool HasNews
    {
        get
        {
            lock (_gate)
            {
                return _length > 0 || _terminal.HoldsBack;
            }
        }
    }

    /// <summary>Adds the next piece, as the command wrote it.</summary>
    public void Add(string text)
    {
        lock (_gate)
        {
            Keep(_terminal.Feed(text));
        }
    }

    /// <summary>From now on everything goes to the spill file, with all that was added before.</summary>
    public void SpillAll()
    {
        lock (_gate)
        {
            OpenSpill();
        }
    }

    /// <summary>What was added since this was called last, as the model reads it.</summary>
    public string Take()
    {
        lock (_gate)
        {
            Keep(_terminal.Finish());
            _spill?.Flush();
            var text = _length <= budget ? _head.Append(_tail).ToString() : Cut();
            _head.Clear();
            _tail.Clear();
            _length = 0;
            return text;
        }
    }

    /// <summary>No more will come: closes the spill file. What was added last can still be taken.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Keep(_terminal.Finish());
            _spill?.Dispose();
        }
    }

    private string Cut()
    {
        var head = WholeLinesFromStart(_head.ToString());
        var tail = WholeLinesToEnd(
            _tail.ToString(Math.Max(0, _tail.Length - TailBudget), Math.Min(TailBudget, _tail.Length))
        );
        var left = _length - head.Length - tail.Length;
        return $"{head}\n\n… {left:N0} characters left out; {_spill!.Description} …\n\n{tail}";
    }

    private void Keep(string text)
    {
        if (_length + text.Length > budget)
        {
            OpenSpill();
        }

        _length += text.Length;
        _spill?.Write(text);
        var toHead = Math.Min(text.Length, HeadBudget - _head.Length);
        _head.Append(text, 0, toHead);
        _tail.Append(text, toHead, text.Length - toHead);
        if (_tail.Length > 2 * TailBudget)
        {
            _tail.Remove(0, _tail.Length - TailBudget);
        }
    }

    private void OpenSpill()
    {
        if (_spill is null)
        {
            _spill = openSpill();
            _spill.Write(_head.ToString());
            _spill.Write(_tail.ToString());
        }
    }

    // A cut in the middle of a line is worth avoiding, unless the line is most of the text.
    private static string WholeLinesFromStart(string text) =>
        text.LastIndexOf('\n') is var end && end > text.Length / 2 ? text[..end] : TrimHalfCharacters(text);

    private static string WholeLinesToEnd(string text) =>
        text.IndexOf('\n') is var start and >= 0 && start < text.Length / 2
            ? text[(start + 1)..]
            : TrimHalfCharacters(text);

    private static string TrimHalfCharacters(string text)
    {
        var start = text.Length > 0 && char.IsLowSurrogate(text[0]) ? 1 : 0;
        var end = text.Length > start && char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
        return text[start..end];
    }
}
