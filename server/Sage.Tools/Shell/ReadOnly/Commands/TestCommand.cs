namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary><c>test</c> and <c>[</c> with one simple condition.</summary>
internal sealed record TestCommand(string Name) : ReadOnlyCommand(Name)
{
    private static readonly string[] OfPath =
    [
        "-b",
        "-c",
        "-d",
        "-e",
        "-f",
        "-g",
        "-h",
        "-k",
        "-L",
        "-p",
        "-r",
        "-s",
        "-S",
        "-u",
        "-w",
        "-x",
    ];
    private static readonly string[] OfText = ["-n", "-z"];
    private static readonly string[] OfPaths = ["-ef", "-nt", "-ot"];
    private static readonly string[] OfTexts = ["=", "!="];
    private static readonly string[] OfNumbers = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

    public override CommandReads? Read(IReadOnlyList<Argument> arguments)
    {
        if (arguments.Any(argument => argument.Kind != ArgumentKind.Literal))
        {
            return null;
        }

        IEnumerable<string> words = arguments.Select(argument => argument.Text);
        if (Name == "[")
        {
            if (words.LastOrDefault() != "]")
            {
                return null;
            }

            words = words.SkipLast(1);
        }

        return words.ToArray() switch
        {
            ["!", .. var rest] => ReadCondition(rest),
            var all => ReadCondition(all),
        };
    }

    private static CommandReads? ReadCondition(string[] words) =>
        words switch
        {
            [var operation, var path] when OfPath.Contains(operation) => new CommandReads([new Argument(path)], []),
            [var operation, _] when OfText.Contains(operation) => CommandReads.Nothing,
            [var left, var operation, var right] when OfPaths.Contains(operation) => new CommandReads(
                [new Argument(left), new Argument(right)],
                []
            ),
            [_, var operation, _] when OfTexts.Contains(operation) => CommandReads.Nothing,
            // Some shells evaluate what is not a number, and that can run a command.
            [var left, var operation, var right]
                when OfNumbers.Contains(operation) && IsNumber(left) && IsNumber(right) => CommandReads.Nothing,
            _ => null,
        };

    private static bool IsNumber(string text) =>
        text.TrimStart('-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);
}
