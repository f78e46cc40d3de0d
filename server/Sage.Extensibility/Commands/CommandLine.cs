using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sage.Extensibility.Commands;

/// <summary>A prompt that begins with a slash and a name.</summary>
/// <param name="Name">Without the slash.</param>
/// <param name="Arguments">All behind the name.</param>
internal sealed partial record CommandLine(string Name, string Arguments)
{
    /// <summary>
    /// A slash at the very beginning, a name, and then a blank or the end: so neither <c>/usr/bin</c> nor <c>/a.txt</c>, <c>// a note</c> or
    /// <c>/* … */</c>.
    /// </summary>
    public static bool TryParse(string prompt, [NotNullWhen(true)] out CommandLine? line)
    {
        var match = Whole().Match(prompt);
        line = match.Success
            ? new CommandLine(match.Groups["name"].Value, match.Groups["arguments"].Value.Trim())
            : null;
        return line is not null;
    }

    public static bool IsName(string name) => OnlyName().IsMatch(name);

    /// <summary>
    /// The pieces of a body with the arguments in place of <c>$ARGUMENTS</c> and <c>$1</c>; behind the last, where none has a place for
    /// them.
    /// </summary>
    public ImmutableArray<string> PutInto(ImmutableArray<string> body)
    {
        var words = Words();
        var hasPlace = false;
        // In one pass: what an argument says is not looked at again.
        var pieces = body.Select(piece => Place().Replace(piece, Argument)).ToImmutableArray();
        return hasPlace || Arguments.Length == 0
            ? pieces
            : pieces.SetItem(pieces.Length - 1, $"{pieces[^1]}\n\n{Arguments}");

        string Argument(Match place)
        {
            hasPlace = true;
            if (place.Groups["number"] is not { Success: true, ValueSpan: var number })
            {
                return Arguments;
            }

            var word = words.ElementAtOrDefault(int.Parse(number, CultureInfo.InvariantCulture) - 1) ?? "";
            // The name of a file goes on over its blanks.
            return place.Groups["at"].Success && word.Contains(' ') && !word.Contains('"') ? $"\"{word}\"" : word;
        }
    }

    /// <summary>The first arguments one by one, and all that is left as the last.</summary>
    public ImmutableArray<string> Words(int most)
    {
        var words = Word().Matches(Arguments);
        return words.Count <= most || most == 0
            ? Words()
            : [.. Words().Take(most - 1), Arguments[words[most - 1].Index..]];
    }

    /// <summary>The arguments one by one; quotes hold together what has blanks.</summary>
    private ImmutableArray<string> Words() =>
        [
            .. Word()
                .Matches(Arguments)
                .Select(static word => word.Groups["quoted"] is { Success: true } quoted ? quoted.Value : word.Value),
        ];

    [GeneratedRegex(
        @"^/(?<name>[\p{L}\p{Nd}][\p{L}\p{Nd}_-]*(:[\p{L}\p{Nd}_-]+)*)(\s+(?<arguments>.*))?$",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}_-]*(:[\p{L}\p{Nd}_-]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex OnlyName();

    [GeneratedRegex(@"((?<at>(?<=@))|)\$(ARGUMENTS\b|(?<number>[1-9][0-9]?)(?![0-9]))", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    [GeneratedRegex(
        """(?<q>["'])(?<quoted>.*?)\k<q>(?=\s|$)|\S+""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Word();
}
