using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Sage.Tools.Shell;

/// <summary>One command that can only read: which options and operands leave it that way.</summary>
/// <param name="Name">As it stands in the command line.</param>
/// <param name="Operands">What may follow the options.</param>
/// <param name="Flags">Short options without a value.</param>
/// <param name="ValueFlags">Short options with a value, attached or as the next word.</param>
/// <param name="LongFlags">Long options without a value.</param>
/// <param name="LongValueFlags">Long options with <c>=value</c>.</param>
internal sealed partial record ReadOnlyCommand(
    string Name,
    Operands Operands,
    string Flags = "",
    string ValueFlags = "",
    string LongFlags = "",
    string LongValueFlags = ""
)
{
    private readonly FrozenSet<string> _longFlags = LongFlags.Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> _longValueFlags = LongValueFlags.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True when these words (the name left out) leave the command read-only, wherever its paths lead.</summary>
    public bool Accepts(IReadOnlyList<string> words)
    {
        var operands = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "--")
            {
                operands.AddRange(words.Skip(i + 1));
                break;
            }

            if (!word.StartsWith('-') || word == "-")
            {
                operands.Add(word);
            }
            else if (
                word.StartsWith("--", StringComparison.Ordinal) ? !AcceptsLong(word) : !AcceptsShort(word, words, ref i)
            )
            {
                return false;
            }
        }

        return AcceptsOperands(operands);
    }

    private bool AcceptsLong(string word) =>
        word.IndexOf('=') is var equals and > 0
            ? _longValueFlags.Contains(word[2..equals])
            : _longFlags.Contains(word[2..]);

    private bool AcceptsShort(string word, IReadOnlyList<string> words, ref int position)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (ValueFlags.Contains(word[i]))
            {
                // The rest of the word is the value, or the next word is.
                position += i + 1 < word.Length ? 0 : 1;
                return position < words.Count;
            }

            if (!Flags.Contains(word[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool AcceptsOperands(List<string> operands) =>
        Operands switch
        {
            Operands.None => operands.Count == 0,
            Operands.OnePath => operands.Count <= 1,
            Operands.Durations => operands.Count > 0 && operands.TrueForAll(operand => Duration().IsMatch(operand)),
            Operands.Format => operands.TrueForAll(operand => operand.StartsWith('+')),
            _ => true,
        };

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?[smhd]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}

/// <summary>What a command's operands are.</summary>
internal enum Operands
{
    None,

    /// <summary>Text that is not opened.</summary>
    Text,

    /// <summary>Paths, or patterns followed by paths: all are held to the rules of paths.</summary>
    Paths,

    /// <summary>At most one path; a second one would be written.</summary>
    OnePath,
    Durations,

    /// <summary><c>+%Y-%m-%d</c>; anything else would set the clock.</summary>
    Format,
}
