using System.Text;

namespace Sage.Tools.Shell;

/// <summary>
/// What the model gets to read of a command's output: all of it within the budget, else head and tail, with the whole in a
/// spill file. Its memory is bounded by the budget.
/// </summary>
/// <param name="budget">Characters.</param>
/// <param name="openSpill">Creates the spill file, when it is needed.</param>
internal sealed class CommandOutput(int budget, Func<SpillFile> openSpill) : IAsyncDisposable
{
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _tail = new();
    private readonly TerminalText _terminal = new();
    private SpillFile? _spill;
    private long _length;

    private int HeadBudget => budget / 3;
    private int TailBudget => budget - HeadBudget;

    /// <summary>Takes the next piece, as the command wrote it.</summary>
    public ValueTask AddAsync(string text) => KeepAsync(_terminal.Feed(text));

    /// <summary>What the model reads; call once, after the last piece.</summary>
    public async ValueTask<string> FinishAsync()
    {
        await KeepAsync(_terminal.Finish());
        if (_spill is null)
        {
            return _head.Append(_tail).ToString();
        }

        await _spill.FlushAsync();
        var head = WholeLinesFromStart(_head.ToString());
        var tail = WholeLinesToEnd(
            _tail.ToString(Math.Max(0, _tail.Length - TailBudget), Math.Min(TailBudget, _tail.Length))
        );
        var left = _length - head.Length - tail.Length;
        return $"{head}\n\n… {left:N0} characters left out; {_spill.Description} …\n\n{tail}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_spill is not null)
        {
            await _spill.DisposeAsync();
        }
    }

    private async ValueTask KeepAsync(string text)
    {
        _length += text.Length;
        if (_spill is null && _length > budget)
        {
            _spill = openSpill();
            await _spill.WriteAsync(_head.ToString());
            await _spill.WriteAsync(_tail.ToString());
        }

        if (_spill is not null)
        {
            await _spill.WriteAsync(text);
        }

        var toHead = Math.Min(text.Length, HeadBudget - _head.Length);
        _head.Append(text, 0, toHead);
        _tail.Append(text, toHead, text.Length - toHead);
        if (_tail.Length > 2 * TailBudget)
        {
            _tail.Remove(0, _tail.Length - TailBudget);
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
