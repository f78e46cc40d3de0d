using Sage.Agent.ToolCalls;

namespace Sage.Agent.Turns;

/// <summary>Notices a model that makes the same calls with the same results over and over.</summary>
internal sealed class LoopGuard
{
    /// <summary>How many equal rounds in a row are a loop.</summary>
    public const int Limit = 5;

    private string? _last;
    private int _count;

    /// <summary>Takes in one round; true when the user should decide whether to go on.</summary>
    public bool IsLooping(IEnumerable<(ToolCall Call, ToolResult Result)> round)
    {
        var fingerprint = string.Join(
            '\n',
            round.Select(r => $"{r.Call.Name} {r.Call.Input.GetRawText()} {r.Result.Text}")
        );
        _count = fingerprint == _last ? _count + 1 : 1;
        _last = fingerprint;
        return _count >= Limit;
    }

    /// <summary>The user wants it to go on: the count starts again.</summary>
    public void Reset() => _count = 0;
}
