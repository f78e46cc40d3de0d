namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary>A few words, looked through when they are needed: preparing them would cost more than they are used.</summary>
/// <param name="Words">Separated by single spaces.</param>
internal readonly record struct WordList(string Words)
{
    public bool Contains(ReadOnlySpan<char> word)
    {
        foreach (var range in Words.AsSpan().Split(' '))
        {
            if (word.Length > 0 && Words.AsSpan()[range].SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }
}
