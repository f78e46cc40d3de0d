using System.Text.RegularExpressions;
using Sage.Extensibility.Markdown;
using Sage.Protocol.Commands;
using Sage.Protocol.Permissions;

namespace Sage.Extensibility.Commands;

/// <summary>A prompt in a Markdown file.</summary>
/// <param name="Summary">What is listed of it.</param>
/// <param name="Body">The prompt, without arguments.</param>
internal sealed partial record MarkdownCommand(CommandSummary Summary, string Body)
{
    private const int LongestDescription = 200;

    /// <summary>The least strict mode it may run in.</summary>
    public PermissionMode? Mode { get; private init; }

    public string? Model { get; private init; }

    /// <summary>Null when the file cannot be a command.</summary>
    public static MarkdownCommand? Read(CommandFolder folder, string file, out string? problem)
    {
        var name = file[..^folder.Ending.Length].Replace('/', ':');
        if (!CommandLine.IsName(name))
        {
            problem = "its name may have letters, digits, '-' and '_'";
            return null;
        }

        if (MarkdownFile.Read(Path.Combine(folder.Path, file), out problem) is not { } text)
        {
            problem ??= "it is gone";
            return null;
        }

        var header = FrontMatter.Of(text);
        var mode = folder.IsOurs && header["mode"] is { } word ? ModeOf(word) : null;
        problem =
            header.Problem
            ?? (
                header.Body.Length == 0 ? "it says nothing"
                : folder.IsOurs && header["mode"] is { } unknown && mode is null
                    ? $"its mode may be plan, ask, autoEdit or full, and is {OneLine(unknown)}"
                : null
            );
        var description = OneLine(header["description"] ?? header.Body.Split('\n')[0].TrimStart('#', ' '));
        var hint = header["argument-hint"] is { } given ? OneLine(given) : null;
        return problem is not null
            ? null
            : new MarkdownCommand(
                new CommandSummary(name, description, folder.Source, $"{folder.Place}/{file}", hint),
                header.Body
            )
            {
                Mode = mode,
                // A repository must not choose who is asked, and who is paid.
                Model = folder is { IsOurs: true, Source: CommandSource.User } ? header["model"] : null,
            };
    }

    private static PermissionMode? ModeOf(string word) =>
        word switch
        {
            "plan" => PermissionMode.Plan,
            "ask" => PermissionMode.Ask,
            "autoEdit" => PermissionMode.AutoEdit,
            "full" => PermissionMode.Full,
            _ => null,
        };

    private static string OneLine(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        return line.Length <= LongestDescription ? line : line[..LongestDescription] + "…";
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();
}
