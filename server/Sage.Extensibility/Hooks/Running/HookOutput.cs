using System.Text;

namespace Sage.Extensibility.Hooks.Running;

/// <summary>What a hook has said, and how it ended.</summary>
/// <param name="ExitCode">Null when it was ended, or never started.</param>
/// <param name="Output">The beginning of its output.</param>
/// <param name="Errors">The beginning of its error stream.</param>
internal sealed record HookOutput(int? ExitCode, string Output, string Errors)
{
    /// <summary>Why there is no exit code; goes on "…, it".</summary>
    public string? Failure { get; init; }

    /// <summary>True when it has said more than is read.</summary>
    public bool IsCut { get; init; }

    public TimeSpan Duration { get; init; }
}

/// <summary>The beginning of a text that may never end. Thread-safe.</summary>
/// <param name="most">Characters that are kept.</param>
internal sealed class TextBeginning(int most)
{
    private readonly StringBuilder _text = new();
    private bool _isCut;

    public void Add(string piece)
    {
        lock (_text)
        {
            var room = most - _text.Length;
            _isCut |= piece.Length > room;
            _text.Append(piece.AsSpan(0, Math.Min(room, piece.Length)));
        }
    }

    /// <summary>What there is, and whether there was more.</summary>
    public (string Text, bool IsCut) Read()
    {
        lock (_text)
        {
            return (_text.ToString(), _isCut);
        }
    }
}
