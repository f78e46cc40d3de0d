namespace Sage.Tools.Shell.Dangers;

/// <summary>What the shell makes of a word, as far as it is known before it runs.</summary>
/// <param name="Text">With variables and <c>~</c> put in; files that match are not looked for.</param>
/// <param name="Empty">A variable or command in it that is, or may be, empty: <c>$X</c>; null when there is none.</param>
internal readonly record struct ExpandedWord(string Text, string? Empty = null)
{
    public static implicit operator ExpandedWord(string text) => new(text);

    public bool IsOption => Text is ['-', _, ..];

    /// <summary>True when it is an option with this letter, alone or among others: <c>-rf</c>.</summary>
    public bool HasLetter(char letter) => IsOption && Text[1] != '-' && Text.AsSpan(1).Contains(letter);
}
