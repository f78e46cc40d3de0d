using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary><c>run COMMAND</c>: runs it, and says how it ended.</summary>
internal static partial class RunRule
{
    public static DemoStep? Next(DemoTurn turn)
    {
        if (Request().Match(turn.Prompt) is not { Success: true } request)
        {
            return null;
        }
        var command = request.Groups["command"].Value.Trim().Trim('`').Trim();
        return turn.Round(0) switch
        {
            [] => new DemoStep($"I run `{command}`.\n", DemoCall.Run(command)),
            [{ IsError: true } result, ..] => new DemoStep($"`{command}` did not succeed:\n\n{Quote(result.Text)}"),
            [var result, ..] => new DemoStep($"`{command}` ended well:\n\n{Quote(result.Text)}"),
        };
    }

    private static string Quote(string output)
    {
        var lines = output.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        var shown = lines.Length <= 12 ? lines : [.. lines[..6], $"… {lines.Length - 12} more lines …", .. lines[^6..]];
        return $"```\n{string.Join('\n', shown)}\n```";
    }

    [GeneratedRegex(
        @"^\s*(please\s+)?(run|execute)\s+(?<command>\S.*)$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Request();
}
