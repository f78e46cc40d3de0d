using System.Text.RegularExpressions;

namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary>A command of which every option that it may have is listed.</summary>
/// <param name="Operands">What may follow the options.</param>
/// <param name="Flags">Short options without a value.</param>
/// <param name="ValueFlags">Short options with a value, attached or as the next word.</param>
/// <param name="LongFlags">Long options without a value.</param>
/// <param name="LongValueFlags">Long options with <c>=value</c>.</param>
internal sealed partial record ListedCommand(
    string Name,
    Operands Operands,
    string Flags = "",
    string ValueFlags = "",
    string LongFlags = "",
    string LongValueFlags = ""
) : ReadOnlyCommand(Name)
{
    /// <summary>What it reads when it has no paths.</summary>
    public WithoutPaths WithoutPaths { get; init; }

    public override CommandReads? Read(IReadOnlyList<Argument> arguments)
    {
        if (Operands == Operands.Anything)
        {
            return CommandReads.Nothing;
        }

        List<Argument> operands = [];
        List<string> options = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Text == "--")
            {
                operands.AddRange(arguments.Skip(i + 1));
                break;
            }

            if (!argument.IsOption)
            {
                operands.Add(argument);
            }
            else if (IsAfterOperand(operands) || !Accepts(arguments, ref i, options))
            {
                return null;
            }
        }

        return AcceptsOperands(operands) ? Reads(operands, options) : null;
    }

    // Where the order matters to some systems, the second path would be written.
    private bool IsAfterOperand(List<Argument> operands) => Operands == Operands.OnePath && operands.Count > 0;

    private bool Accepts(IReadOnlyList<Argument> arguments, ref int position, List<string> options)
    {
        var text = arguments[position].Text;
        options.Add(text);
        if (!text.StartsWith("--", StringComparison.Ordinal))
        {
            return AcceptsShort(text, arguments, ref position, options);
        }

        return text.IndexOf('=') is var equals and > 0
            ? new WordList(LongValueFlags).Contains(text.AsSpan()[2..equals])
            : new WordList(LongFlags).Contains(text.AsSpan(2));
    }

    private bool AcceptsShort(string text, IReadOnlyList<Argument> arguments, ref int position, List<string> options)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (ValueFlags.Contains(text[i]))
            {
                // The rest of the word is the value, or the next word is.
                if (i + 1 < text.Length)
                {
                    return true;
                }

                if (++position >= arguments.Count || arguments[position].Kind != ArgumentKind.Literal)
                {
                    return false;
                }

                options.Add(arguments[position].Text);
                return true;
            }

            if (!Flags.Contains(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool AcceptsOperands(List<Argument> operands) =>
        Operands switch
        {
            Operands.None => operands.Count == 0,
            Operands.OnePath => operands.Count <= 1 && operands.TrueForAll(o => o.Kind == ArgumentKind.Literal),
            Operands.Durations => operands.Count > 0 && operands.TrueForAll(o => Duration().IsMatch(o.Text)),
            Operands.Format => operands.TrueForAll(o => o.Text.StartsWith('+')),
            _ => true,
        };

    private CommandReads Reads(List<Argument> operands, List<string> options)
    {
        if (Operands is Operands.None or Operands.Text or Operands.Durations or Operands.Format)
        {
            return CommandReads.Nothing;
        }

        if (
            Operands == Operands.PatternAndPaths
            && operands is [{ Kind: ArgumentKind.Literal }, ..]
            && !options.Exists(IsPatternOrNone)
        )
        {
            operands.RemoveAt(0);
        }

        if (operands.Count == 0 && ReadsFolder(options))
        {
            operands.Add(new Argument("."));
        }

        return new CommandReads([.. operands], [.. options])
        {
            FilesOnly = Operands == Operands.Files,
            ReadsBelow = Operands == Operands.PatternAndPaths && !options.Contains("--files"),
        };
    }

    // With these the first operand is a path: the pattern is said elsewhere, or there is none.
    private static bool IsPatternOrNone(string option) =>
        option.StartsWith("--", StringComparison.Ordinal)
            ? option is "--files" or "--type-list" || option.StartsWith("--regexp", StringComparison.Ordinal)
            : option.StartsWith('-') && option.Contains('e');

    private bool ReadsFolder(List<string> options) =>
        WithoutPaths == WithoutPaths.Folder
        || WithoutPaths == WithoutPaths.FolderIfRecursive
            && options.Exists(option =>
                option == "--recursive" || option is ['-', not '-', ..] && option.Contains('r')
            );

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?[smhd]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}

/// <summary>What a command's operands are.</summary>
internal enum Operands
{
    None,

    /// <summary>Text that is not opened.</summary>
    Text,

    /// <summary>Text, also where it looks like an option: there are none that matter.</summary>
    Anything,
    Paths,

    /// <summary>Files that must not be folders.</summary>
    Files,

    /// <summary>A pattern, then paths.</summary>
    PatternAndPaths,

    /// <summary>At most one path; a second one would be written.</summary>
    OnePath,
    Durations,

    /// <summary><c>+%Y-%m-%d</c>; anything else would set the clock.</summary>
    Format,
}

/// <summary>What a command reads when it is given no path.</summary>
internal enum WithoutPaths
{
    /// <summary>Its input, or nothing.</summary>
    Input,

    /// <summary>The folder that it runs in.</summary>
    Folder,
    FolderIfRecursive,
}
